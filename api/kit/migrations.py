"""Run Alembic on our own connection, so that any async driver will do."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, make_url

from api.kit.database import Database

_HOME = Path(__file__).resolve().parents[1] / "migrations"


async def upgrade(url: str, scripts: str, revision: str = "head") -> None:
    """Bring the tables at `url` up to `revision` with the scripts in api/migrations/`scripts`."""
    _make_folder(url)
    await _run(url, scripts, lambda config: command.upgrade(config, revision))


async def downgrade(url: str, scripts: str, revision: str = "base") -> None:
    """Take the tables at `url` down to `revision`."""
    await _run(url, scripts, lambda config: command.downgrade(config, revision))


async def _run(url: str, scripts: str, action: Callable[[Config], None]) -> None:
    def with_connection(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(_HOME / scripts))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        action(config)

    database = Database(url)
    try:
        async with database.engine.begin() as connection:
            await connection.run_sync(with_connection)
    finally:
        await database.close()


def _make_folder(url: str) -> None:
    place = make_url(url)
    if place.get_backend_name() == "sqlite" and place.database:
        Path(place.database).parent.mkdir(parents=True, exist_ok=True)
