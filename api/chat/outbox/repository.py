"""Queries on the outbox."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.outbox.models import OutboxReply


class OutboxRepository:
    """Reads and writes through one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, delivery: OutboxReply) -> None:
        """Write `delivery`; flushed, so that what refers to it may follow."""
        self._session.add(delivery)
        await self._session.flush()

    async def due(self, now: datetime, limit: int = 50) -> Sequence[OutboxReply]:
        """Return deliveries to try now, the oldest first."""
        query = select(OutboxReply).where(
            OutboxReply.delivered_at.is_(None),
            or_(OutboxReply.not_before.is_(None), OutboxReply.not_before <= now),
        )
        return (
            await self._session.scalars(query.order_by(OutboxReply.created_at).limit(limit))
        ).all()

    async def delivered(self, message_id: str, now: datetime) -> None:
        """Mark a delivery as done."""
        await self._session.execute(
            update(OutboxReply).where(OutboxReply.message_id == message_id).values(delivered_at=now)
        )

    async def postpone(self, delivery: OutboxReply, until: datetime) -> None:
        """Count a failed try and hold the delivery back."""
        await self._session.execute(
            update(OutboxReply)
            .where(OutboxReply.message_id == delivery.message_id)
            .values(attempts=delivery.attempts + 1, not_before=until)
        )
