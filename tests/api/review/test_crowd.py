"""The made-up crowd of the long runs fits the tables as they are now, on each database."""

from sqlalchemy import text

from api.kit import migrations
from api.kit.database import Database
from api.migrate import SCRIPTS
from tests.api.conftest import MovingClock
from tests.support.crowd import EACH, fill, multiply
from tests.support.postgres import cluster

COUNT = 12


async def count(url: str, table: str) -> int:
    database = Database(url)
    async with database.reading() as session:
        found = await session.scalar(text(f"SELECT count(*) FROM {table}"))  # noqa: S608 - ours
    await database.close()
    return found


async def test_it_stands_in_the_tables(database_url: str) -> None:
    fill(database_url, COUNT, MovingClock()())
    assert await count(database_url, "search_messages") == COUNT * EACH


async def test_it_can_be_multiplied_in_postgres() -> None:
    with cluster() as server:
        url = server.create("crowd")
        await migrations.upgrade(url, SCRIPTS)
        fill(url, COUNT, MovingClock()())
        multiply(url, 3)
        multiply(url, 2)
        assert await count(url, "inbox") == 6 * COUNT * EACH
