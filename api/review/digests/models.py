"""Tables of digests: what the console's lists and filters read."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.chat.base import GatewayBase, of_message


class Digest(GatewayBase):
    """A conversation at one look. `confidence` is the lowest of its turns."""

    __tablename__ = "digests"
    __table_args__ = (Index(None, "last_at", "conversation_id"),)

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    channel: Mapped[str] = mapped_column(String(16))
    started_at: Mapped[datetime]
    last_at: Mapped[datetime]
    messages: Mapped[int]
    first_text: Mapped[str] = mapped_column(Text)
    confidence: Mapped[float | None]
    fallbacks: Mapped[int]
    good: Mapped[int]
    bad: Mapped[int]
    unresolved: Mapped[bool]
    handed_over: Mapped[bool]
    reviewed: Mapped[int]
    reviewer_id: Mapped[str | None] = mapped_column(String(64))


class DigestTopic(GatewayBase):
    """A topic that came up in a conversation."""

    __tablename__ = "digest_topics"

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    topic: Mapped[str] = mapped_column(String(64), primary_key=True, index=True)


class DigestedMessage(GatewayBase):
    """Marks a message that the digests and the search know. `teaches`: see queue/teaches.py."""

    __tablename__ = "digested_messages"
    __table_args__ = (of_message(), Index(None, "typed", "teaches"))

    conversation_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    message_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    typed: Mapped[bool]
    teaches: Mapped[float]
