"""What stays when text goes: counts a day."""

from datetime import date

from sqlalchemy import Date, String
from sqlalchemy.orm import Mapped, mapped_column

from api.chat.base import GatewayBase


class KeptCount(GatewayBase):
    """How many messages of a topic and an outcome there were on a day that is purged."""

    __tablename__ = "kept_counts"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    channel: Mapped[str] = mapped_column(String(16), primary_key=True)
    topic: Mapped[str] = mapped_column(String(64), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(16), primary_key=True)
    count: Mapped[int]
