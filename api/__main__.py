"""`python -m api`: serve the gateway."""

import asyncio

import uvicorn

from api.app import create_app
from api.kit import logs, serving
from api.kit.settings import give_up
from api.settings import load_settings
from api.verification.live import fault_of


def main() -> None:
    """Start the server; the tables must be there already (`python -m api.migrate`)."""
    settings = load_settings()
    fault = asyncio.run(fault_of(settings))
    if fault:
        give_up([fault])
    logs.configure(settings.log_level)
    serving.allow_connections()
    serving.share_fairly()
    uvicorn.run(create_app(settings), host=settings.host, port=settings.port, **serving.options())


if __name__ == "__main__":
    main()
