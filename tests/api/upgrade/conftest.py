"""Databases as release 0.1.0 left them, brought up to date by the real migrations."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from api.accounts.migrate import migrate
from api.kit import migrations
from api.kit.ids import digest
from api.migrate import SCRIPTS

HERE = Path(__file__).parent
TOKEN, FINE, LOCKED = "token-of-the-old-release", "handle-of-fine", "handle-of-locked"


def fill(path: Path, script: str, **values: str) -> None:
    """Run an SQL file of rows, statement by statement."""
    lines = (HERE / script).read_text("utf-8").splitlines()
    statements = "\n".join(line for line in lines if not line.startswith("--")).split(";\n")
    with sqlite3.connect(path) as database:
        for statement in statements:
            database.execute(statement, values)


@pytest.fixture
async def database_url(tmp_path: Path) -> str:
    """The gateway's database of 0.1.0, upgraded to the present tables."""
    url = f"sqlite+aiosqlite:///{tmp_path}/gateway.db"
    await migrations.upgrade(url, SCRIPTS, "gateway_0001")
    # Not long ago: what is too old is purged, and rightly.
    yesterday = f"{datetime.now(UTC) - timedelta(days=1):%Y-%m-%d}"
    values = {"day": yesterday, "token": digest(TOKEN), "event": f"c-old:{digest('1')[:32]}"}
    fill(tmp_path / "gateway.db", "release_0_1_0_gateway.sql", **values)
    await migrations.upgrade(url, SCRIPTS)
    return url


@pytest.fixture
async def accounts_database(tmp_path: Path) -> str:
    """The account API's database of 0.1.0, upgraded and seeded as each start does it."""
    url = f"sqlite+aiosqlite:///{tmp_path}/accounts.db"
    await migrations.upgrade(url, "accounts", "accounts_0001")
    soon = f"{datetime.now(UTC) + timedelta(minutes=10):%Y-%m-%d %H:%M:%S.%f}"
    handles = {"fine": digest(FINE), "locked": digest(LOCKED)}
    fill(tmp_path / "accounts.db", "release_0_1_0_accounts.sql", soon=soon, **handles)
    await migrate(url)
    return url
