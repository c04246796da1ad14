import json
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
        # The search index is no table of the models, and FTS5 brings shadow tables along.
        named = {"include_name": lambda name, kind, _: not (name or "").startswith("search_")}
        context = MigrationContext.configure(connection, opts=named)
        assert compare_metadata(context, GatewayBase.metadata) == []


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
