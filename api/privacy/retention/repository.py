"""Queries of the purge."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.conversations.models import Conversation
from api.chat.inbox.models import InboxMessage
from api.privacy.retention.models import KeptCount
from api.review.audit.models import AuditRow


class RetentionRepository:
    """Reads and writes through one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def old(self, before: datetime, limit: int) -> Sequence[Conversation]:
        """Return conversations in which nothing was said since then."""
        later = exists().where(
            InboxMessage.conversation_id == Conversation.id, InboxMessage.received_at >= before
        )
        query = select(Conversation).where(Conversation.created_at < before, ~later)
        return (await self._session.scalars(query.limit(limit))).all()

    async def count_old(self, before: datetime) -> int:
        """Return how many there are."""
        later = exists().where(
            InboxMessage.conversation_id == Conversation.id, InboxMessage.received_at >= before
        )
        query = select(func.count()).select_from(Conversation)
        return (
            await self._session.scalar(query.where(Conversation.created_at < before, ~later)) or 0
        )

    async def has(self, conversation_id: str) -> bool:
        """Say whether a conversation is still there."""
        return await self._session.get(Conversation, conversation_id) is not None

    async def keep_counts(self, conversation_id: str) -> None:
        """Add a conversation's messages to the counts that stay."""
        query = select(
            InboxMessage.received_at, InboxMessage.channel, InboxMessage.intent,
            InboxMessage.outcome,
        ).where(InboxMessage.conversation_id == conversation_id)  # fmt: skip
        for received, channel, intent, outcome in (await self._session.execute(query)).all():
            await self._count(received.date(), channel, intent or "", outcome or "")

    async def _count(self, day: date, channel: str, topic: str, outcome: str) -> None:
        row = await self._session.get(KeptCount, (day, channel, topic, outcome))
        if row is None:
            row = KeptCount(day=day, channel=channel, topic=topic, outcome=outcome, count=0)
            self._session.add(row)
        row.count += 1
        await self._session.flush()

    async def old_audit(self, before: datetime) -> int:
        """Return how many audit rows are older."""
        query = select(func.count()).where(AuditRow.at < before)
        return await self._session.scalar(query) or 0

    async def drop_audit(self, before: datetime) -> None:
        """Delete audit rows; the table itself refuses younger ones."""
        await self._session.execute(delete(AuditRow).where(AuditRow.at < before))
