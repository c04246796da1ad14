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
    step: Callable[[], Awaitable[bool]], bell: Bell, idle: float = IDLE_SECONDS, about: str = ""
) -> None:
    """Repeat `step`; outlive whatever it raises.

    While it finds nothing, rest until the bell rings `about` what it looks for, `idle` seconds
    at most. What rings while the step is looking is heard after it.
    """
    with bell.listening(about) as ear:
        while True:
            try:
                busy = await step()
            except Exception as error:
                note_failure(error)
                await asyncio.sleep(_AFTER_FAILURE_SECONDS)
                continue
            if not busy:
                await ear.next_ring(idle)


def note_failure(error: Exception) -> None:
    """Say in the log that a step failed, without what it was about."""
    # A full disk refuses the log's line as well, and the loop has to outlive that too.
    with suppress(OSError):
        _log.error("step_failed", detail=type(error).__name__)
