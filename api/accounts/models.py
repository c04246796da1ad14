"""The tables of the account API."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from api.kit.database import UtcDateTime, new_metadata


class Base(DeclarativeBase):
    """What the migrations of this database compare themselves with."""

    metadata = new_metadata()


class Account(Base):
    """A demo person and the state of their account."""

    __tablename__ = "accounts"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    label: Mapped[str] = mapped_column(String(100))
    position: Mapped[int]
    stays_locked: Mapped[bool]
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Handle(Base):
    """A right to ask one kind of question for a while. Without an account it is a decoy."""

    __tablename__ = "handles"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20))
    account_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    # Whose browser it was (a digest from the gateway): locks are looked up for it.
    client: Mapped[str] = mapped_column(String(64), default="")
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class Maintenance(Base):
    """A time in which the service is closed; without an end it lasts until the row goes."""

    __tablename__ = "maintenances"

    id: Mapped[int] = mapped_column(primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Tries(Base):
    """Failures of one browser at one account's login or form, and the lock they led to."""

    __tablename__ = "tries"

    account_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    client: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Challenge(Base):
    """A login that waits for its code. Only digests: of the challenge's id and of the code."""

    __tablename__ = "challenges"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    code_digest: Mapped[str] = mapped_column(String(64))
    failures: Mapped[int]
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class Resend(Base):
    """A wish for a new code, known by the digest of its idempotency key; `sent` if one went."""

    __tablename__ = "resends"

    key_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str | None] = mapped_column(String(64), index=True)
    sent: Mapped[bool]
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class AuditRow(Base):
    """One call: when, which address (its pattern), with what status. Nobody's data."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    call: Mapped[str] = mapped_column(String(80))
    status: Mapped[int]
