"""`python -m api`: serve the gateway."""

import uvicorn

from api.app import create_app
from api.kit import logs
from api.settings import load_settings


def main() -> None:
    """Start the server; the tables must be there already (`python -m api.migrate`)."""
    settings = load_settings()
    logs.configure(settings.log_level)
    # No access log: the paths hold verification tokens.
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
    )


if __name__ == "__main__":
    main()
