"""The table of erasures."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from api.chat.base import GatewayBase


class Erasure(GatewayBase):
    """One wish to forget. The conversation's id stays only until the engine has forgotten too."""

    __tablename__ = "erasures"

    receipt: Mapped[str] = mapped_column(String(16), primary_key=True)
    conversation_id: Mapped[str | None] = mapped_column(String(64))
    requested_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
