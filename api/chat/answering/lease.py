"""Take a message, keep it while working, give it back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.inbox.models import IN_PROGRESS, QUEUED, InboxMessage
from api.chat.inbox.repository import InboxRepository
from api.kit.clock import Clock
from api.kit.database import Busy, Database

# A dead worker's message waits this long; a living one renews three times in it.
LEASE = timedelta(seconds=9)
# Nothing is ever put off so long; what is, was written before the clock was set back.
HORIZON = timedelta(seconds=90)
# As many workers may look at the same moment before one of them finds nothing left to take.
_LOOKED_AT = 16


class Leases:
    """Claims on inbox messages, safe with any number of workers."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    async def claim(self) -> InboxMessage | None:
        """Return the next message, now ours, or None when there is nothing to do."""
        shared = self._database.shared
        for _ in range(_LOOKED_AT):
            now = self._clock()
            # Looking costs no write lock: idle workers must not keep others from writing.
            async with self._database.reading() as session:
                inbox = InboxRepository(session)
                seen = await inbox.claimable(now, now + HORIZON, _LOOKED_AT if shared else 1)
            for each in seen:
                with suppress(Busy):
                    if await self._take(each, now):
                        return each
            # Where conversations have locks, all that was seen is in somebody's hands.
            if shared or not seen:
                break
        return None

    async def _take(self, seen: InboxMessage, now: datetime) -> bool:
        """Claim `seen`, if nothing has come between the look and this.

        Where others write at the same time, each conversation has a lock, and who does not get
        it at once tries the next one.
        """
        values = {
            "status": IN_PROGRESS,
            "claims": seen.claims + 1,
            "crashes": seen.crashes + (seen.status == IN_PROGRESS),
            "lease_until": now + LEASE,
        }
        async with self._database.transaction(seen.conversation_id, wait=False) as session:
            if not await InboxRepository(session).claim(seen, now, now + HORIZON, **values):
                return False
        for name, value in values.items():
            setattr(seen, name, value)
        return True

    async def claim_new(self, session: AsyncSession, message: InboxMessage) -> None:
        """Add a message of our own making that nobody else gets to claim while we live."""
        self.hold(message)
        await InboxRepository(session).add(message)

    def hold(self, message: InboxMessage) -> None:
        """Mark a message that is not written down yet as claimed."""
        message.status, message.claims, message.crashes = IN_PROGRESS, 1, 0
        message.lease_until = self._clock() + LEASE

    @asynccontextmanager
    async def kept(self, message: InboxMessage) -> AsyncIterator[None]:
        """Renew the lease on `message` while the block runs."""
        renewing = asyncio.create_task(self._renew(message))
        try:
            yield
        finally:
            renewing.cancel()
            with suppress(asyncio.CancelledError):
                await renewing

    async def _renew(self, message: InboxMessage) -> None:
        while True:
            await asyncio.sleep(LEASE.total_seconds() / 3)
            await self._change(message, lease_until=self._clock() + LEASE)

    async def put_back(self, message: InboxMessage, delay: timedelta) -> None:
        """Let `message` be claimed again after `delay`."""
        await self._change(
            message, status=QUEUED, lease_until=None, not_before=self._clock() + delay
        )

    async def _change(self, message: InboxMessage, **values: object) -> None:
        async with self._database.transaction(message.conversation_id) as session:
            await InboxRepository(session).change(message, **values)
