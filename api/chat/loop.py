"""A loop that outlives what goes wrong inside."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

from api.chat.bell import Bell

IDLE_SECONDS = 0.25
_AFTER_FAILURE_SECONDS = 2.0

_log = structlog.get_logger()


async def forever(
    step: Callable[[], Awaitable[bool]], bell: Bell, idle: float = IDLE_SECONDS
) -> None:
    """Repeat `step`; rest `idle` seconds while it finds nothing; outlive whatever it raises."""
    while True:
        try:
            busy = await step()
        except Exception as error:
            # A full disk refuses the log's line as well, and the loop has to outlive that too.
            with suppress(OSError):
                _log.error("step_failed", detail=type(error).__name__)
            await asyncio.sleep(_AFTER_FAILURE_SECONDS)
            continue
        if not busy:
            await bell.wait(idle)
