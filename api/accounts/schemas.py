"""What goes in and out of the account API."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class _Answer(BaseModel):
    # A default still goes out in every answer, so the document calls it required.
    model_config = ConfigDict(json_schema_serialization_defaults_required=True)


class Health(_Answer):
    """The process answers."""

    status: Literal["ok"] = "ok"


class ServiceStatus(BaseModel):
    """Whether the service is open now."""

    status: Literal["ok", "maintenance"]
    until: datetime | None = Field(description="End of the maintenance, UTC, where it is known")


class DemoPerson(BaseModel):
    """One choice of the form."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    label: str = Field(description="Japanese; says that it is a sample")


class DemoPersons(BaseModel):
    """The choices of the form, in their order."""

    persons: list[DemoPerson]


class Purpose(StrEnum):
    """What a handle is good for."""

    LOCKOUT = "lockout"
    FEATURES = "features"
    OTP_RESEND = "otp_resend"


class VerificationRequest(BaseModel):
    """Who says they are whom, and what for."""

    model_config = ConfigDict(extra="forbid")

    purpose: Purpose
    demo_person: str = Field(min_length=1, max_length=64, description="An id; need not exist")


class Verification(BaseModel):
    """A handle: the same for everybody, whether or not an account stands behind it."""

    handle: str
    expires_in: int = Field(description="Seconds")


class LockState(StrEnum):
    """What can be said about a lock."""

    LOCKED = "locked"
    OPEN = "open"
    UNKNOWN = "unknown"


class Lockout(_Answer):
    """Whether the account is locked. `unknown`: no account stands behind the handle."""

    state: LockState
    until: datetime | None = Field(default=None, description="End of the lock, UTC")
    sample: Literal[True] = Field(
        default=True, description="Always true: this is no real registration"
    )
