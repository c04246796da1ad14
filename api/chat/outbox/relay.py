"""What delivers replies."""

from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta

import structlog

from api.chat.bell import OUTBOX, Bell
from api.chat.hands import Hands
from api.chat.loop import IDLE_SECONDS
from api.chat.outbox.delivery import Delivered, Delivery, Instead, Refused, TryAgain
from api.chat.outbox.models import OutboxReply
from api.chat.outbox.repository import OutboxRepository
from api.kit.breaker import Breaker
from api.kit.clock import Clock
from api.kit.database import Busy, Database
from api.ops.meter import Meter

# Longer than any call to a platform may take.
LEASE = timedelta(seconds=20)
_LONGEST_DELAY = timedelta(seconds=60)
_HORIZON = timedelta(minutes=5)
# After a day nobody waits for the answer any more.
_GIVE_UP = timedelta(hours=24)
# What one look finds is taken before there is another: each is the first of its conversation, so
# none gets in another's way. And as many relays may look at the same moment.
_LOOKED_AT = 16

_log = structlog.get_logger()


class Relay:
    """Delivers the outbox: each conversation in order, the platforms apart from each other."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        channels: Mapping[str, Delivery],
        bell: Bell,
        meter: Meter | None = None,
        at_once: int = 1,
    ) -> None:
        self._database, self._clock, self._channels, self._bell = database, clock, channels, bell
        self._meter = meter or Meter()
        self._hands: Hands[OutboxReply] = Hands(self._claim, self._deliver, at_once)
        self._seen: deque[OutboxReply] = deque()
        self._breakers = {name: Breaker(clock) for name in channels}

    async def run(self, idle: float = IDLE_SECONDS) -> None:
        """Deliver until cancelled; look every `idle` seconds for what no bell tells of."""
        await self._hands.run(self._bell, OUTBOX, idle)

    async def step(self) -> bool:
        """Deliver what is due first; say whether there was anything."""
        return await self._hands.once()

    async def _deliver(self, item: OutboxReply) -> None:
        breaker = self._breakers[item.channel]
        try:
            done = await self._sent(item)
        except Refused as refusal:
            breaker.succeeded()
            await self._give_up(item, str(refusal))
        except TryAgain as wait:
            breaker.failed()
            await self._postpone(item, wait)
        except Exception as error:
            breaker.failed()
            await self._postpone(item, TryAgain(type(error).__name__, taken=True))
        else:
            breaker.succeeded()
            if done:
                await self._end(item, done)
        # The next one of this conversation may be waiting.
        self._bell.ring(OUTBOX)

    async def _sent(self, item: OutboxReply) -> Delivered | None:
        """Deliver, by another way where the first one is gone; None when it is no longer ours.

        The other way is taken at once: back in the table, it would be looked for and claimed anew,
        and who is late already would be served at half the speed.
        """
        channel = self._channels[item.channel]
        try:
            return await channel.deliver(item)
        except Instead as other:
            lease = self._clock() + LEASE
            if not await self._change(
                item, way=other.way, doubtful=other.doubtful, lease_until=lease
            ):
                return None
            item.way, item.doubtful, item.begun = other.way, other.doubtful, False
        return await channel.deliver(item)

    async def _claim(self) -> OutboxReply | None:
        """Return a delivery, now ours; its `begun` is what it was before."""
        now = self._clock()
        if not self._seen:
            await self._look(now)
        while self._seen:
            item = self._seen.popleft()
            with suppress(Busy):
                if self._breakers[item.channel].allow() and await self._take(item, now):
                    return item
        return None

    async def _look(self, now: datetime) -> None:
        resting = [name for name, breaker in self._breakers.items() if breaker.open]
        async with self._database.reading() as session:
            due = OutboxRepository(session).due(now, now + _HORIZON, resting, _LOOKED_AT)
            self._seen.extend(await due)

    async def _take(self, item: OutboxReply, now: datetime) -> bool:
        """Claim a delivery unless somebody was quicker; raises Busy."""
        lease = {"claims": item.claims + 1, "lease_until": now + LEASE}
        if not await self._change(item, wait=False, begun=True, **lease):
            return False
        item.claims, item.lease_until = item.claims + 1, now + LEASE
        return True

    async def _end(self, item: OutboxReply, done: Delivered) -> None:
        if done.doubtful:
            _log.warning("delivered_perhaps_twice", message=item.message_id, way=done.way)
        now = self._clock()
        if await self._close(item, delivered_at=now, way=done.way, doubtful=done.doubtful):
            span = now - item.created_at
            self._meter.delivered(item.channel, done.way, span, doubtful=done.doubtful)

    async def _give_up(self, item: OutboxReply, reason: str) -> None:
        """A dead letter: the person hears nothing, so somebody else has to."""
        _log.error("dead_letter", message=item.message_id, channel=item.channel, detail=reason)
        await self._close(item, failed_at=self._clock())

    async def _postpone(self, item: OutboxReply, wait: TryAgain) -> None:
        now = self._clock()
        self._meter.delivery_failed(item.channel)
        _log.warning("delivery_failed", message=item.message_id, detail=str(wait))
        if now - item.created_at > _GIVE_UP:
            await self._give_up(item, "too late")
            return
        own = min(timedelta(seconds=2 ** min(item.attempts, 6)), _LONGEST_DELAY)
        # Asked again before the wait it wants is over, a platform makes the wait longer.
        delay = min(wait.after or own, _HORIZON - _LONGEST_DELAY)
        await self._change(
            item,
            attempts=item.attempts + 1,
            lease_until=None,
            not_before=now + delay,
            begun=item.begun or wait.taken,
        )

    async def _change(self, item: OutboxReply, *, wait: bool = True, **values: object) -> bool:
        async with self._database.transaction(item.conversation_id, wait=wait) as session:
            return await OutboxRepository(session).change(item, **values)

    async def _close(self, item: OutboxReply, **values: object) -> bool:
        """End the delivery; False when another relay has taken it over."""
        async with self._database.transaction(item.conversation_id) as session:
            outbox = OutboxRepository(session)
            closed = await outbox.change(item, lease_until=None, **values)
            if closed:
                await outbox.forget_address(item)
        return closed
