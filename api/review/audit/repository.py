"""Queries on the audit rows."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.conversations.models import Conversation
from api.chat.inbox.models import InboxMessage
from api.review.audit.models import AuditRow
from api.review.staff.models import StaffMember


class AuditRepository:
    """Adds and reads; there is nothing else."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, row: AuditRow) -> None:
        """Write `row`."""
        self._session.add(row)
        await self._session.flush()

    async def latest(
        self, staff_id: str | None, action: str | None, before: int | None, limit: int
    ) -> Sequence[tuple[AuditRow, str | None]]:
        """Return rows with their member's name, the newest first."""
        query = select(AuditRow, StaffMember.shown).outerjoin(
            StaffMember, StaffMember.id == AuditRow.staff_id
        )
        if staff_id:
            query = query.where(AuditRow.staff_id == staff_id)
        if action:
            query = query.where(AuditRow.action == action)
        if before:
            query = query.where(AuditRow.id < before)
        found = await self._session.execute(query.order_by(AuditRow.id.desc()).limit(limit))
        return [(row, shown) for row, shown in found.all()]

    async def receipts(self, conversation_ids: Sequence[str]) -> dict[str, str]:
        """Return conversation -> its first receipt, "" where nobody has written yet."""
        query = (
            select(Conversation.id, InboxMessage.receipt)
            .outerjoin(InboxMessage, InboxMessage.conversation_id == Conversation.id)
            .where(Conversation.id.in_(conversation_ids))
            .order_by(Conversation.id, InboxMessage.sequence.desc())
        )
        # The first message comes last and stays.
        found = (await self._session.execute(query)).all()
        return {conversation: receipt or "" for conversation, receipt in found}
