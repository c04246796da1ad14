"""Queries of the purge."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.conversations.models import Conversation
from api.chat.inbox.models import InboxMessage
from api.privacy.retention.models import KeptCount
from api.review.audit.models import AuditRow


class RetentionRepository:
    """Reads and writes through one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def old(
        self, before: datetime, limit: int, among: Sequence[str] | None = None
    ) -> Sequence[str]:
        """Return conversations in which nothing was said since then, all or some of `among`."""
        query = select(Conversation.id).where(*_old(before)).limit(limit)
        if among is not None:
            query = query.where(Conversation.id.in_(among))
        return (await self._session.scalars(query)).all()

    async def count_old(self, before: datetime) -> int:
        """Return how many there are."""
        query = select(func.count()).select_from(Conversation).where(*_old(before))
        return await self._session.scalar(query) or 0

    async def keep_counts(self, conversation_ids: Sequence[str]) -> None:
        """Add the conversations' messages to the counts that stay."""
        query = select(
            InboxMessage.received_at, InboxMessage.channel, InboxMessage.intent,
            InboxMessage.outcome,
        ).where(InboxMessage.conversation_id.in_(conversation_ids))  # fmt: skip
        counts = Counter(
            (received.date(), channel, intent or "", outcome or "")
            for received, channel, intent, outcome in await self._session.execute(query)
        )
        for key, count in counts.items():
            await self._count(key, count)

    async def _count(self, key: tuple[date, str, str, str], count: int) -> None:
        row = await self._session.get(KeptCount, key)
        if row is None:
            names = ("day", "channel", "topic", "outcome")
            row = KeptCount(**dict(zip(names, key, strict=True)), count=0)
            self._session.add(row)
        row.count += count

    async def old_audit(self, before: datetime) -> int:
        """Return how many audit rows are older."""
        query = select(func.count()).where(AuditRow.at < before)
        return await self._session.scalar(query) or 0

    async def drop_audit(self, before: datetime) -> None:
        """Delete audit rows; the table itself refuses younger ones."""
        await self._session.execute(delete(AuditRow).where(AuditRow.at < before))


def _old(before: datetime) -> tuple[ColumnElement[bool], ...]:
    later = exists().where(
        InboxMessage.conversation_id == Conversation.id, InboxMessage.received_at >= before
    )
    return Conversation.created_at < before, ~later
