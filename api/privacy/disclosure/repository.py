"""Queries of disclosure: every table that holds rows of a conversation."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.base import GatewayBase
from api.chat.conversations.models import Choice, Conversation, Reply
from api.chat.feedback.models import Feedback
from api.chat.handover.models import Handover
from api.chat.inbox.models import InboxMessage
from api.chat.outbox.models import OutboxReply
from api.chat.turns.models import TurnDetail
from api.review.audit.models import AuditRow
from api.review.queue.models import Skipped, Tag, Verdict
from api.verification.models import Verification

# Name in the file -> table and the columns that tell something about the person. What is left out
# are digests, sealed addresses and leases: they are of use to us only, or to a thief.
PARTS: dict[str, tuple[type[GatewayBase], tuple[str, ...]]] = {
    "messages": (
        InboxMessage,
        ("id", "received_at", "sent_at", "text", "masked", "receipt", "outcome", "reason",
         "intent", "confidence", "model_id", "answered_at"),
    ),
    "replies": (Reply, ("id", "in_reply_to", "created_at", "answer_id", "private", "body")),
    "buttons": (Choice, ("reply_id", "label", "topic")),
    "deliveries": (OutboxReply, ("message_id", "delivered_at", "failed_at", "way")),
    "understood": (TurnDetail, ("message_id", "ranking", "segments", "actions")),
    "feedback": (Feedback, ("reply_id", "solved", "comment", "given_at")),
    "reviews": (Verdict, ("message_id", "staff_id", "verdict", "topic", "note", "at")),
    "passed_over": (Skipped, ("message_id", "staff_id")),
    "tags": (Tag, ("tag",)),
    "handovers": (Handover, ("state", "asked_at", "accepted_at", "ended_at", "staff_id")),
    "checks": (Verification, ("purpose", "expires_at", "used_at")),
}  # fmt: skip


class DisclosureRepository:
    """Reads through one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of_receipt(self, receipt: str) -> Sequence[Conversation]:
        """Return the conversation in which a 受付番号 was given out: one, as good as always."""
        query = (
            select(Conversation)
            .join(InboxMessage, InboxMessage.conversation_id == Conversation.id)
            .where(InboxMessage.receipt == receipt)
        )
        return (await self._session.scalars(query)).unique().all()

    async def part(self, name: str, conversation_id: str) -> list[dict[str, Any]]:
        """Return the rows of one part, by column."""
        table, columns = PARTS[name]
        chosen = [getattr(table, column) for column in columns]
        query = select(*chosen).where(table.conversation_id == conversation_id)  # type: ignore[attr-defined]
        key = [table.sequence] if table is InboxMessage else table.__table__.primary_key
        rows = await self._session.execute(query.order_by(*key))
        return [dict(row._mapping) for row in rows]

    async def readers(self, conversation_id: str) -> Sequence[AuditRow]:
        """Return who of the staff did what with the conversation."""
        query = select(AuditRow).where(AuditRow.subject == conversation_id).order_by(AuditRow.id)
        return (await self._session.scalars(query)).all()
