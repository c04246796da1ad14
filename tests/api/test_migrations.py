import sqlite3
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

import api.wiring  # noqa: F401 - brings every table in
from api.chat.base import GatewayBase
from api.kit import migrations
from api.migrate import SCRIPTS


def tables(path: Path) -> set[str]:
    with sqlite3.connect(path) as database:
        names = database.execute("select name from sqlite_master where type = 'table'")
        return {name for (name,) in names} - {"alembic_version"}


async def test_the_tables_can_be_laid_taken_down_and_laid_again(tmp_path: Path) -> None:
    place = tmp_path / "g.db"
    url = f"sqlite+aiosqlite:///{place}"
    await migrations.upgrade(url, SCRIPTS)
    laid = tables(place)
    await migrations.downgrade(url, SCRIPTS)
    assert tables(place) == set()
    await migrations.upgrade(url, SCRIPTS)
    assert tables(place) == laid


async def test_the_migrations_make_what_the_models_say(tmp_path: Path) -> None:
    await migrations.upgrade(f"sqlite+aiosqlite:///{tmp_path}/g.db", SCRIPTS)
    with create_engine(f"sqlite:///{tmp_path}/g.db").connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, GatewayBase.metadata) == []
