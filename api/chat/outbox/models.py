"""The outbox table."""

from datetime import datetime

from sqlalchemy import Index, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from api.chat.base import GatewayBase, of_message

_UNDELIVERED = text("delivered_at IS NULL AND failed_at IS NULL")


class OutboxReply(GatewayBase):
    """One delivery: all replies to one message, on the conversation's channel.

    It ends with `delivered_at` or `failed_at`. `begun` says that a try was made whose end nobody
    saw: the platform may have taken it. `way` is how it went out; `doubtful` counts those that
    the person may have seen twice.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        of_message(),
        Index(None, "delivered_at", "not_before"),
        Index(
            None, "conversation_id", "created_at",
            sqlite_where=_UNDELIVERED, postgresql_where=_UNDELIVERED,
        ),
    )  # fmt: skip

    conversation_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    message_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    channel: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime | None]
    claims: Mapped[int] = mapped_column(default=0, server_default="0")
    lease_until: Mapped[datetime | None]
    begun: Mapped[bool] = mapped_column(default=False, server_default=false())
    delivered_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    way: Mapped[str | None] = mapped_column(String(16))
    doubtful: Mapped[bool] = mapped_column(default=False, server_default=false())
