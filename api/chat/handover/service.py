"""What the core does when a person is wished for."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from api.chat.engine.protocol import Spoken
from api.chat.handover.models import CANCELLED, WAITING, Handover
from api.chat.handover.repository import HandoverRepository
from api.chat.inbox.models import InboxMessage
from api.kit.database import Database
from api.kit.ids import new_id

WISH, WAIT, CANCEL = "talk_to_human", "handover_waiting", "handover_cancelled"
Available = Callable[[datetime], Awaitable[bool]]


class Handovers:
    """Turns the wish for a person into a place in the queue, where somebody is there."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # Set by whoever knows hours and staff; nobody is there until then.
        self.available: Available = _nobody

    async def heard(
        self, message: InboxMessage, spoken: Sequence[Spoken], now: datetime
    ) -> list[Spoken]:
        """Queue up for a wish, step back for a cancellation; return what to say."""
        answers = {each.answer for each in spoken}
        if CANCEL in answers:
            await self._cancel(message.conversation_id, now)
        if WISH not in answers or not await self.available(now):
            return [*spoken]
        ahead = await self._queue(message, now)
        waiting = Spoken(WAIT, {"ahead": ahead})
        return [waiting if each.answer == WISH else each for each in spoken]

    async def _queue(self, message: InboxMessage, now: datetime) -> int:
        """Take a place; return how many are before it."""
        async with self._database.transaction(message.conversation_id) as session:
            handovers = HandoverRepository(session)
            ahead = await handovers.waiting()
            if await handovers.open(message.conversation_id):
                return max(0, ahead - 1)
            await handovers.add(
                Handover(
                    id=new_id("h"), conversation_id=message.conversation_id,
                    channel=message.channel, state=WAITING, asked_at=now, alerted=False,
                    last_at=now,
                )
            )  # fmt: skip
        return ahead

    async def _cancel(self, conversation_id: str, now: datetime) -> None:
        async with self._database.transaction(conversation_id) as session:
            handovers = HandoverRepository(session)
            found = await handovers.open(conversation_id)
            if found:
                await handovers.move(found, WAITING, state=CANCELLED, ended_at=now)


async def _nobody(_now: datetime) -> bool:
    return False
