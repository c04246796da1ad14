"""The table of turn details."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from api.chat.base import GatewayBase


class TurnDetail(GatewayBase):
    """What the engine saw in one message. Times are milliseconds; no text stands here."""

    __tablename__ = "turn_details"

    message_id: Mapped[str] = mapped_column(ForeignKey("inbox.id"), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(64), index=True)
    ranking: Mapped[list[Any]] = mapped_column(JSON)
    segments: Mapped[list[Any]] = mapped_column(JSON)
    actions: Mapped[list[str]]
    waited_ms: Mapped[int]
    engine_ms: Mapped[int]
    written_ms: Mapped[int]
    created_at: Mapped[datetime]
