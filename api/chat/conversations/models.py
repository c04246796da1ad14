"""Tables of conversations, replies and the choices under them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.chat.base import GatewayBase


class Conversation(GatewayBase):
    """One person's talk on one channel. Only the digest of its token is kept.

    On other platforms `person_key` is an HMAC of who writes, and `address` is where a push would
    go: sealed, because it holds the platform's own id.
    """

    __tablename__ = "conversations"
    __table_args__ = (Index(None, "person_key", unique=True),)

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    channel: Mapped[str] = mapped_column(String(16))
    token_digest: Mapped[str] = mapped_column(String(64))
    person_key: Mapped[str | None] = mapped_column(String(64))
    address: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]


class Reply(GatewayBase):
    """What the bot said, as it was shown then. `body` of a private reply holds no values."""

    __tablename__ = "replies"
    __table_args__ = (Index(None, "conversation_id", "created_at"),)

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    in_reply_to: Mapped[str | None] = mapped_column(String(64), index=True)
    position: Mapped[int]
    answer_id: Mapped[str] = mapped_column(String(64))
    answer_version: Mapped[str] = mapped_column(String(16))
    private: Mapped[bool]
    body: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class Choice(GatewayBase):
    """A button: an opaque id that the gateway alone can turn into what it means."""

    __tablename__ = "choices"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    reply_id: Mapped[str] = mapped_column(ForeignKey("replies.id"), index=True)
    position: Mapped[int]
    label: Mapped[str] = mapped_column(String(64))
    topic: Mapped[str] = mapped_column(String(64))
    payload: Mapped[dict[str, Any]]
