"""What waits and what was given up, counted in the tables, so right for all gateways."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.inbox.models import APOLOGISED, IN_PROGRESS, QUEUED, InboxMessage
from api.chat.outbox.models import OutboxReply


@dataclass(frozen=True)
class Waiting:
    """What waits on one channel: how many, and since when the oldest."""

    channel: str
    depth: int
    since: datetime


class QueueRepository:
    """Reads through one session; every query goes by an index."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def inbox(self) -> Sequence[Waiting]:
        """Return the messages without an outcome, by channel."""
        box = InboxMessage
        query = select(box.channel, func.count(), func.min(box.received_at))
        query = query.where(box.status.in_((QUEUED, IN_PROGRESS))).group_by(box.channel)
        return [Waiting(*row) for row in await self._session.execute(query)]

    async def outbox(self) -> Sequence[Waiting]:
        """Return the answers that have not gone out, by channel."""
        box = OutboxReply
        query = select(box.channel, func.count(), func.min(box.created_at))
        query = query.where(box.delivered_at.is_(None), box.failed_at.is_(None))
        return [Waiting(*row) for row in await self._session.execute(query.group_by(box.channel))]

    async def apologies(self, since: datetime) -> int:
        """Return how many messages ended in the gateway's own apology."""
        query = select(func.count()).where(
            InboxMessage.answered_at >= since,
            InboxMessage.outcome == APOLOGISED,
            InboxMessage.reason.is_not(None),
        )
        return int((await self._session.scalar(query)) or 0)

    async def undelivered(self, since: datetime) -> int:
        """Return how many answers were given up."""
        query = select(func.count()).where(
            OutboxReply.delivered_at.is_(None), OutboxReply.failed_at >= since
        )
        return int((await self._session.scalar(query)) or 0)
