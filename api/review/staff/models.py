"""Tables of staff accounts."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from api.chat.base import GatewayBase

READER, REVIEWER, EDITOR, ADMIN = "reader", "reviewer", "editor", "admin"
# Each role may do all that the ones before it may.
ROLES = (READER, REVIEWER, EDITOR, ADMIN)


class StaffMember(GatewayBase):
    """One person of the staff. `totp_nonce` is no secret: the seed is worked out from it."""

    __tablename__ = "staff"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(32), unique=True)
    shown: Mapped[str] = mapped_column(String(64))
    role: Mapped[str] = mapped_column(String(16))
    password_hash: Mapped[str] = mapped_column(String(255))
    must_change: Mapped[bool]
    active: Mapped[bool]
    totp_nonce: Mapped[str | None] = mapped_column(String(64))
    totp_on: Mapped[bool]
    totp_step: Mapped[int]
    created_at: Mapped[datetime]


class StaffSession(GatewayBase):
    """A signed-in browser. Only the digest of its cookie is kept."""

    __tablename__ = "staff_sessions"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    csrf: Mapped[str] = mapped_column(String(64))
    passed: Mapped[bool]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class RecoveryCode(GatewayBase):
    """A code for the day the telephone is lost; each works once."""

    __tablename__ = "staff_recovery_codes"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)


class LoginFailure(GatewayBase):
    """One failed try, under the digest of a name or of an address."""

    __tablename__ = "staff_login_failures"
    __table_args__ = (Index(None, "key", "failed_at"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(String(64))
    failed_at: Mapped[datetime]
