"""The table of turn details."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from api.chat.base import GatewayBase, of_message


class TurnDetail(GatewayBase):
    """What the engine saw in one message. Times are milliseconds; no text stands here."""

    __tablename__ = "turn_details"
    __table_args__ = (of_message(),)

    conversation_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    message_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    ranking: Mapped[list[Any]] = mapped_column(JSON)
    segments: Mapped[list[Any]] = mapped_column(JSON)
    actions: Mapped[list[str]]
    waited_ms: Mapped[int]
    engine_ms: Mapped[int]
    written_ms: Mapped[int]
    created_at: Mapped[datetime]
