"""Tables of conversations, replies and the choices under them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.chat.base import GatewayBase


class Conversation(GatewayBase):
    """One person's talk on one channel. Only the digest of its token is kept.

    On other platforms `person_key` is an HMAC of who writes, and `address` is where a push would
    go: sealed, because it holds the platform's own id.
    """

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    channel: Mapped[str] = mapped_column(String(16))
    token_digest: Mapped[str] = mapped_column(String(64))
    person_key: Mapped[str | None] = mapped_column(String(64))
    address: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]


class Person(GatewayBase):
    """Leads from somebody on another platform to their one conversation.

    A table of its own, because it is looked up before any conversation is known, and because a
    database that is spread over machines keeps something unique only within the column it is
    spread by: this one by the person. So nothing refers to `conversations` here; erasing deletes
    both.
    """

    __tablename__ = "people"

    person_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(64))


class Reply(GatewayBase):
    """What the bot said, as it was shown then. `body` of a private reply holds no values."""

    __tablename__ = "replies"
    __table_args__ = (
        Index(None, "conversation_id", "created_at"),
        Index(None, "conversation_id", "in_reply_to"),
    )

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    in_reply_to: Mapped[str | None] = mapped_column(String(64))
    position: Mapped[int]
    answer_id: Mapped[str] = mapped_column(String(64))
    answer_version: Mapped[str] = mapped_column(String(16))
    private: Mapped[bool]
    body: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class Choice(GatewayBase):
    """A button: an opaque id that the gateway alone can turn into what it means."""

    __tablename__ = "choices"
    __table_args__ = (
        ForeignKeyConstraint(
            ["conversation_id", "reply_id"], ["replies.conversation_id", "replies.id"]
        ),
        Index(None, "conversation_id", "reply_id"),
    )

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    reply_id: Mapped[str] = mapped_column(String(64))
    position: Mapped[int]
    label: Mapped[str] = mapped_column(String(64))
    topic: Mapped[str] = mapped_column(String(64))
    payload: Mapped[dict[str, Any]]
