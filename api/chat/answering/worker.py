"""The loop that takes messages and the loop that delivers replies."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Protocol

import structlog

from api.chat.answering.lease import Leases
from api.chat.answering.service import AnsweringService
from api.chat.bell import Bell
from api.chat.outbox.models import OutboxReply
from api.chat.outbox.repository import OutboxRepository
from api.kit.clock import Clock
from api.kit.database import Database

_IDLE_SECONDS = 0.25
_AFTER_FAILURE_SECONDS = 2.0
_LONGEST_DELAY = timedelta(seconds=60)

_log = structlog.get_logger()


class Delivery(Protocol):
    """A channel's way out."""

    async def deliver(self, item: OutboxReply) -> None:
        """Hand the replies to one message to the platform; raise to have it tried again."""
        ...


class Worker:
    """Answers several conversations at once, each in order."""

    def __init__(self, leases: Leases, answering: AnsweringService, bell: Bell) -> None:
        self._leases, self._answering, self._bell = leases, answering, bell

    async def run(self) -> None:
        """Work until cancelled."""
        await forever(self._step, self._bell)

    async def _step(self) -> bool:
        message = await self._leases.claim()
        if message is None:
            return False
        await self._answering.answer(message)
        self._bell.ring()
        return True


class Relay:
    """Delivers the outbox, at least once."""

    def __init__(
        self, database: Database, clock: Clock, channels: Mapping[str, Delivery], bell: Bell
    ) -> None:
        self._database, self._clock, self._channels, self._bell = database, clock, channels, bell

    async def run(self) -> None:
        """Deliver until cancelled."""
        await forever(self._step, self._bell)

    async def _step(self) -> bool:
        async with self._database.reading() as session:
            due = await OutboxRepository(session).due(self._clock())
        for item in due:
            await self._deliver(item)
        return bool(due)

    async def _deliver(self, item: OutboxReply) -> None:
        try:
            await self._channels[item.channel].deliver(item)
        except Exception as error:
            _log.warning("delivery_failed", message=item.message_id, detail=type(error).__name__)
            delay = min(timedelta(seconds=2**item.attempts), _LONGEST_DELAY)
            async with self._database.transaction() as session:
                await OutboxRepository(session).postpone(item, self._clock() + delay)
            return
        async with self._database.transaction() as session:
            await OutboxRepository(session).delivered(item.message_id, self._clock())


async def forever(
    step: Callable[[], Awaitable[bool]], bell: Bell, idle: float = _IDLE_SECONDS
) -> None:
    """Repeat `step`; rest while it finds nothing, and outlive whatever it raises."""
    while True:
        try:
            busy = await step()
        except Exception as error:
            _log.error("step_failed", detail=type(error).__name__)
            await asyncio.sleep(_AFTER_FAILURE_SECONDS)
            continue
        if not busy:
            await bell.wait(idle)
