"""The verification table."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from api.chat.base import GatewayBase


class Verification(GatewayBase):
    """One link: single use, for one purpose of one conversation. Only its digest is kept.

    `browser` is the digest of the cookie of the browser that used it. Whoever opens a link brings
    a token and no conversation: the look for it goes over all, and 256 bits make it unique.
    """

    __tablename__ = "verifications"

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    token_digest: Mapped[str] = mapped_column(String(64), index=True)
    purpose: Mapped[str] = mapped_column(String(16))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    extensions: Mapped[int] = mapped_column(default=0)
    browser: Mapped[str | None] = mapped_column(String(64), index=True)
