"""The inbox table."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from api.chat.base import GatewayBase

QUEUED, IN_PROGRESS, DONE = "queued", "in_progress", "done"
# An outcome, and the reason for it where a person took the message back.
IGNORED, WITHDRAWN = "ignored", "withdrawn"
APOLOGISED = "apologised"
_NOT_DONE = text("status != 'done'")


def _when_received(context: Any) -> datetime:
    received: datetime = context.get_current_parameters()["received_at"]
    return received


class InboxMessage(GatewayBase):
    """One accepted message. `text` is masked; `payload` is minted by the gateway.

    `lease_until` is set while a worker has it: when it lapses, the worker has died and another
    takes over. `claims` counts how often that began and tells a late worker that it lost its lease;
    `crashes` counts the lapsed leases among them.

    `sent_at` is the platform's own time and decides the order; `external_id` is the platform's id
    of the message; `return_address` (sealed) is how its answer gets back, and is dropped when it
    has; `reason` tells why a message was ignored or apologised for.

    `sequence` counts within the conversation. What is unique is so within the conversation, which
    says as much as (channel, event): an event names the person or the place it is from, these lead
    to one conversation on one channel, and a platform that sends an event again sends it as it was.
    Only a 受付番号 may stand in two conversations, once in some millions of look-ups.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("conversation_id", "event_id"),
        UniqueConstraint("conversation_id", "sequence"),
        Index(None, "status", "lease_until"),
        Index(None, "answered_at"),
        Index(None, "conversation_id", "external_id", unique=True),
        Index(
            None, "conversation_id", "sent_at", "sequence",
            sqlite_where=_NOT_DONE, postgresql_where=_NOT_DONE,
        ),
    )  # fmt: skip

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    # By its id alone, and by its 受付番号, a message is looked up by staff only.
    id: Mapped[str] = mapped_column(String(64), primary_key=True, index=True)
    sequence: Mapped[int]
    channel: Mapped[str] = mapped_column(String(16))
    event_id: Mapped[str] = mapped_column(String(200))
    text: Mapped[str | None] = mapped_column(Text)
    payload: Mapped[dict[str, Any] | None]
    masked: Mapped[list[str]]
    receipt: Mapped[str] = mapped_column(String(16), index=True)
    received_at: Mapped[datetime]
    sent_at: Mapped[datetime] = mapped_column(default=_when_received)
    external_id: Mapped[str | None] = mapped_column(String(200))
    return_address: Mapped[str | None] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(16), default=QUEUED)
    claims: Mapped[int] = mapped_column(default=0)
    crashes: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    not_before: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(16))
    reason: Mapped[str | None] = mapped_column(String(32))
    intent: Mapped[str | None] = mapped_column(String(64))
    confidence: Mapped[float | None]
    model_id: Mapped[str | None] = mapped_column(String(64))
    answered_at: Mapped[datetime | None]
