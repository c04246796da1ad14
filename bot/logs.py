"""JSON log lines of our own, beside Rasa's. Events carry ids and codes, never a person's words."""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog


def get_logger() -> Any:
    """Return a logger to stderr whose `info` is written although Rasa is told to be quiet."""
    return structlog.wrap_logger(
        structlog.PrintLogger(sys.stderr),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
