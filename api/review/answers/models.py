"""Tables of answers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, String
from sqlalchemy.orm import Mapped, mapped_column

from api.chat.base import GatewayBase

DRAFT, APPROVED, REJECTED, WITHDRAWN = "draft", "approved", "rejected", "withdrawn"


class AnswerVersion(GatewayBase):
    """Words for an answer. The newest approved one within its days is what people read."""

    __tablename__ = "answer_versions"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    answer_id: Mapped[str] = mapped_column(String(64), index=True)
    state: Mapped[str] = mapped_column(String(16), index=True)
    content: Mapped[dict[str, Any]]
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date)
    written_by: Mapped[str] = mapped_column(String(64))
    written_at: Mapped[datetime]
    decided_by: Mapped[str | None] = mapped_column(String(64))
    decided_at: Mapped[datetime | None]


class LiveCheck(GatewayBase):
    """The day on which somebody looked at an official page."""

    __tablename__ = "live_checks"

    source: Mapped[str] = mapped_column(String(64), primary_key=True)
    checked_on: Mapped[date] = mapped_column(Date)
    staff_id: Mapped[str] = mapped_column(String(64))
