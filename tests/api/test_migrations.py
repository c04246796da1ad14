import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect

import api.wiring  # noqa: F401 - brings every table in
from api.chat.base import GatewayBase
from api.kit import migrations
from api.kit.database import Database
from api.migrate import SCRIPTS
from tests.support.databases import Databases, needs_files


@pytest.fixture
def url(migrated: Databases, tmp_path: Path) -> str:
    return migrated.empty(tmp_path)


async def looked_at(url: str, look: Callable[[Connection], Any]) -> Any:
    database = Database(url)
    async with database.engine.connect() as connection:
        found = await connection.run_sync(look)
    await database.close()
    return found


async def tables(url: str) -> set[str]:
    found = await looked_at(url, lambda connection: inspect(connection).get_table_names())
    return {*found} - {"alembic_version"}


async def test_the_tables_can_be_laid_taken_down_and_laid_again(url: str) -> None:
    await migrations.upgrade(url, SCRIPTS)
    laid = await tables(url)
    await migrations.downgrade(url, SCRIPTS)
    assert await tables(url) == set()
    await migrations.upgrade(url, SCRIPTS)
    assert await tables(url) == laid


async def test_the_migrations_make_what_the_models_say(url: str) -> None:
    def differences(connection: Connection) -> list[Any]:
        # The search index is no table of the models, and FTS5 brings shadow tables along.
        named = {"include_name": lambda name, kind, _: not (name or "").startswith("search_")}
        context = MigrationContext.configure(connection, opts=named)
        return compare_metadata(context, GatewayBase.metadata)

    await migrations.upgrade(url, SCRIPTS)
    assert await looked_at(url, differences) == []


@needs_files
async def test_buttons_made_before_payloads_keep_their_meaning(tmp_path: Path) -> None:
    place = tmp_path / "g.db"
    url = f"sqlite+aiosqlite:///{place}"
    await migrations.upgrade(url, SCRIPTS, "gateway_0002")
    with sqlite3.connect(place) as database:
        database.execute("insert into conversations values ('c', 'web', 'd', '2026-11-23')")
        reply = "insert into replies values ('r', 'c', null, 0, 'menu', 'v', 0, '{}', '2026-11-23')"
        database.execute(reply)
        row = "insert into choices values ('{}', 'c', 'r', 0, 'x', 'otp_expired', '{}')"
        database.execute(row.format("k-1", "otp_expired"))
        database.execute(row.format("k-2", "otp_expired__mail_late"))
    await migrations.upgrade(url, SCRIPTS)
    with sqlite3.connect(place) as database:
        found = database.execute("select payload from choices order by id").fetchall()
    assert [json.loads(payload) for (payload,) in found] == [
        {"intent": "otp_expired"},
        {"intent": "situation", "entities": {"situation": "otp_expired__mail_late"}},
    ]
