"""The gateway with a clock that can be set wrong while it runs: a file holds the seconds."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uvicorn

from api.app import create_app
from api.kit import logs
from api.settings import load_settings

OFFSET = Path(os.environ["HELPBOT_FAULT_CLOCK"])


def wrong_clock() -> datetime:
    """Return the time as this machine would have it."""
    seconds = float(OFFSET.read_text() or 0) if OFFSET.exists() else 0.0
    return datetime.now(UTC) + timedelta(seconds=seconds)


if __name__ == "__main__":
    settings = load_settings()
    logs.configure(settings.log_level)
    app = create_app(settings, wrong_clock)
    uvicorn.run(app, host="127.0.0.1", port=settings.port, log_config=None, access_log=False)
