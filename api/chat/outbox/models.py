"""The outbox table."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from api.chat.base import GatewayBase


class OutboxReply(GatewayBase):
    """One delivery: all replies to one message, on the conversation's channel."""

    __tablename__ = "outbox"
    __table_args__ = (Index(None, "delivered_at", "not_before"),)

    message_id: Mapped[str] = mapped_column(ForeignKey("inbox.id"), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(64))
    channel: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
