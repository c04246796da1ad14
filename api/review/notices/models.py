"""The table of notices."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from api.chat.base import GatewayBase


class Notice(GatewayBase):
    """What everybody should know, from when to when, on which channels."""

    __tablename__ = "notices"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    text: Mapped[str] = mapped_column(String(80))
    channels: Mapped[list[str]]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    written_by: Mapped[str] = mapped_column(String(64))
    written_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
