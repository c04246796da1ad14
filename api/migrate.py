"""`python -m api.migrate`: lay the gateway's tables."""

import asyncio

from api.kit import logs, migrations
from api.settings import load_settings

SCRIPTS = "gateway"


def main() -> None:
    """Migrate the database of the settings; safe to repeat at every start."""
    settings = load_settings()
    logs.configure(settings.log_level)
    asyncio.run(migrations.upgrade(settings.database_url, SCRIPTS))


if __name__ == "__main__":
    main()
