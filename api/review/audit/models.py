"""The audit table. Triggers in the migration refuse changes, and deletion within a year."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from api.chat.base import GatewayBase


class AuditRow(GatewayBase):
    """Who did what to what, when. `detail` holds no text of a person."""

    __tablename__ = "staff_audit"
    __table_args__ = (Index(None, "staff_id", "at"), Index(None, "at"))

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime]
    staff_id: Mapped[str] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(32))
    subject: Mapped[str | None] = mapped_column(String(64))
    detail: Mapped[dict[str, Any] | None]
