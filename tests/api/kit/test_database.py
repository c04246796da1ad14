"""What is read in a transaction still holds when something is written, on either database."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from api.kit.database import Busy, Database
from tests.support.databases import ON_POSTGRES, Databases

TRIES = 20
only_postgres = pytest.mark.skipif(not ON_POSTGRES, reason="SQLite lets in one writer")


@pytest.fixture
async def database(migrated: Databases, tmp_path) -> AsyncIterator[Database]:
    database = Database(migrated.empty(tmp_path))
    async with database.transaction() as session:
        await session.execute(text("create table counters (name text, number integer)"))
        await session.execute(text("insert into counters values ('a', 0), ('b', 0)"))
    yield database
    await database.close()


async def add_one(database: Database, name: str, *, of: str | None) -> None:
    """Read, think, write: what loses updates where nobody is kept out."""
    async with database.transaction(of) as session:
        query = text("select number from counters where name = :name")
        number = await session.scalar(query, {"name": name})
        await asyncio.sleep(0.002)
        change = text("update counters set number = :number where name = :name")
        await session.execute(change, {"name": name, "number": number + 1})


async def count(database: Database, name: str) -> int:
    async with database.reading() as session:
        query = text("select number from counters where name = :name")
        return await session.scalar(query, {"name": name})


@pytest.mark.parametrize("of", [None, "a"])
async def test_no_update_is_lost(database: Database, of: str | None) -> None:
    await asyncio.gather(*(add_one(database, "a", of=of) for _ in range(TRIES)))
    assert await count(database, "a") == TRIES


async def test_one_who_writes_about_everything_loses_nothing_to_those_who_write_about_one_thing(
    database: Database,
) -> None:
    mixed = [add_one(database, "a", of=of) for of in (None, "a") * (TRIES // 2)]
    await asyncio.gather(*mixed)
    assert await count(database, "a") == TRIES


@only_postgres
async def test_who_writes_about_one_thing_does_not_wait_for_another(database: Database) -> None:
    async with database.transaction("a"):
        await asyncio.wait_for(add_one(database, "b", of="b"), 5)
    assert await count(database, "b") == 1


@only_postgres
async def test_who_does_not_want_to_wait_is_told(database: Database) -> None:
    async with database.transaction("a"):
        with pytest.raises(Busy):
            async with database.transaction("a", wait=False):
                pass


@only_postgres
async def test_a_reader_sees_one_moment(database: Database) -> None:
    async with database.reading() as session:
        query = text("select number from counters where name = 'a'")
        before = await session.scalar(query)
        await add_one(database, "a", of="a")
        assert await session.scalar(query) == before


@only_postgres
async def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(Exception, match="read-only transaction"):
        async with database.reading() as session:
            await session.execute(text("update counters set number = 5"))


async def test_an_id_with_a_nul_in_it_is_nobodys(database: Database) -> None:
    async with database.reading() as session:
        query = text("select number from counters where name = :name")
        assert await session.scalar(query, {"name": "a\x00"}) is None


async def test_fifty_writers_of_one_process_come_in_the_order_of_asking(
    database: Database,
) -> None:
    came: list[int] = []

    async def write(number: int) -> None:
        async with database.transaction():
            came.append(number)
            await asyncio.sleep(0.001)

    await asyncio.gather(*(write(number) for number in range(50)))
    assert came == sorted(came) or ON_POSTGRES
