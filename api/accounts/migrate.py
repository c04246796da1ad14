"""`python -m api.accounts.migrate`: lay the tables and seed the demo persons."""

import asyncio

import structlog

from api.accounts.seed import load_persons, seed
from api.accounts.settings import load_settings
from api.kit import logs
from api.kit.database import Database
from api.kit.migrations import upgrade

SCRIPTS = "accounts"

_log = structlog.get_logger()


async def migrate(url: str) -> None:
    """Lay the tables and seed them; safe to repeat at every start."""
    await upgrade(url, SCRIPTS)
    database = Database(url)
    try:
        await seed(database, load_persons())
    finally:
        await database.close()


def main() -> None:
    """Migrate the database of the settings."""
    settings = load_settings()
    logs.configure()
    asyncio.run(migrate(settings.accounts_database_url))
    _log.info("accounts_migrated")


if __name__ == "__main__":
    main()
