"""Do the databases answer, and are their tables those of this tree?"""

import asyncio
import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import inspect, make_url, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from api.kit.database import Database
from tools.doctor.finding import Finding, well, wrong
from tools.paths import ROOT, VAR

_PART = "database"
_PATIENCE_SECONDS = 10.0
_REVISIONS = "select version_num from alembic_version"
# Name of the setting -> file where it is not set, scripts of its tables.
_DATABASES = {
    "HELPBOT_DATABASE_URL": ("gateway.db", "gateway"),
    "HELPBOT_ACCOUNTS_DATABASE_URL": ("accounts.db", "accounts"),
    "HELPBOT_TRACKER_URL": ("tracker.db", ""),
}


def check() -> Iterator[Finding]:
    """Look at each database; one that `make up` has yet to make is fine."""
    for name, (file, scripts) in _DATABASES.items():
        url = os.environ.get(name) or f"sqlite:///{VAR / file}"
        try:
            yield _look(name, url, scripts)
        except (SQLAlchemyError, ArgumentError, OSError, ImportError) as error:
            yield wrong(
                _PART,
                f"{_place(url)} does not answer ({type(error).__name__}): look whether it runs and "
                f"whether {name} is right; a broken SQLite file is put back by make restore.",
            )


def _look(name: str, url: str, scripts: str) -> Finding:
    parsed = make_url(url)
    is_file = parsed.get_backend_name() == "sqlite" and bool(parsed.database)
    if is_file and not Path(str(parsed.database)).exists():
        return well(_PART, f"{_place(url)} is not there yet: the first make up makes it.")
    found = asyncio.run(_revision(_driven(url)))
    if not scripts:
        return well(_PART, f"{_place(url)} answers.")
    wanted = _head(scripts)
    if found != wanted:
        return wrong(
            _PART,
            f"{_place(url)} has the tables of {found or 'nothing'}, this tree needs {wanted}: "
            "make backup, make down, then make up, which brings them up to date.",
        )
    return well(_PART, f"{_place(url)} answers, its tables are those of {wanted}.")


def _place(url: str) -> str:
    """Return an address without its password."""
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return "an address nobody can read"


def _driven(url: str) -> str:
    """Return the address with an async driver, as the processes take it."""
    parsed = make_url(url)
    postgresql = next(filter(find_spec, ("asyncpg", "psycopg")), "asyncpg")
    drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": f"postgresql+{postgresql}"}
    driven = parsed.set(drivername=drivers.get(parsed.get_backend_name(), parsed.drivername))
    return driven.render_as_string(hide_password=False)


def _head(scripts: str) -> str:
    return str(ScriptDirectory(ROOT / "api" / "migrations" / scripts).get_current_head())


async def _revision(url: str) -> str | None:
    """Return which revision the tables are of; None without any."""
    database = Database(url)
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS), database.engine.connect() as connection:
            return await connection.run_sync(_read)
    finally:
        await database.close()


def _read(connection: Connection) -> str | None:
    # Reading the list of tables fails on a file that is no database.
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.execute(text(_REVISIONS)).scalar()
    return revision
