"""`python -m api.accounts`: serve the mock account API on loopback."""

import uvicorn

from api.accounts.app import create_app
from api.accounts.settings import load_settings
from api.kit import logs


def main() -> None:
    """Start the server; the tables must be there already (`python -m api.accounts.migrate`)."""
    settings = load_settings()
    logs.configure()
    # The address is fixed: whoever reaches this port and holds the token can ask about accounts.
    # No access log: the paths hold handles.
    uvicorn.run(
        create_app(settings),
        host="127.0.0.1",
        port=settings.accounts_port,
        log_config=None,
        access_log=False,
    )


if __name__ == "__main__":
    main()
