"""`python -m api.accounts`: serve the mock account API on loopback."""

import uvicorn

from api.accounts.app import create_app
from api.accounts.settings import load_settings
from api.kit import logs, serving


def main() -> None:
    """Start the server; the tables must be there already (`python -m api.accounts.migrate`)."""
    settings = load_settings()
    logs.configure()
    serving.allow_connections()
    uvicorn.run(
        create_app(settings),
        host=settings.accounts_host,
        port=settings.accounts_port,
        **serving.options(),
    )


if __name__ == "__main__":
    main()
