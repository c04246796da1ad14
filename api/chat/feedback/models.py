"""The feedback table."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.chat.base import GatewayBase


class Feedback(GatewayBase):
    """What a person said of one reply; the last word counts. `comment` is masked."""

    __tablename__ = "feedback"
    __table_args__ = (
        ForeignKeyConstraint(
            ["conversation_id", "reply_id"], ["replies.conversation_id", "replies.id"]
        ),
        Index(None, "given_at"),
    )

    conversation_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    reply_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    answer_id: Mapped[str] = mapped_column(String(64))
    answer_version: Mapped[str] = mapped_column(String(16))
    solved: Mapped[bool]
    comment: Mapped[str | None] = mapped_column(Text)
    given_at: Mapped[datetime]
