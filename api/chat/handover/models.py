"""The table of handovers."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from api.chat.base import GatewayBase

WAITING, HELD, RELEASED, CANCELLED, MISSED = "waiting", "held", "released", "cancelled", "missed"


class Handover(GatewayBase):
    """One wish for a person. The bot is silent while it is `held`, and only then."""

    __tablename__ = "handovers"
    __table_args__ = (Index(None, "conversation_id", "state"), Index(None, "state", "asked_at"))

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    # Staff's pages know a handover by its id alone.
    id: Mapped[str] = mapped_column(String(64), primary_key=True, index=True)
    channel: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    asked_at: Mapped[datetime]
    alerted: Mapped[bool]
    thread: Mapped[str | None] = mapped_column(String(64), index=True)
    staff_id: Mapped[str | None] = mapped_column(String(64))
    accepted_at: Mapped[datetime | None]
    last_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
