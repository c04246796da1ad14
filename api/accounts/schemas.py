"""What goes in and out of the account API."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class _Answer(BaseModel):
    # A default still goes out in every answer, so the document calls it required.
    model_config = ConfigDict(json_schema_serialization_defaults_required=True)


# What the validator of VerificationRequest demands, said so that others' tools understand it.
_SAID, _NULL = {"type": "string"}, {"type": "null"}
_ONE_OF_BOTH: dict[str, Any] = {
    "oneOf": [
        {"required": ["demo_person"], "properties": {"demo_person": _SAID, "mail": _NULL}},
        {"required": ["mail"], "properties": {"mail": _SAID, "demo_person": _NULL}},
    ]
}


class Health(_Answer):
    """The process answers."""

    status: Literal["ok"] = "ok"


class ServiceStatus(_Answer):
    """Whether the service is open now, and that it is a mock."""

    status: Literal["ok", "maintenance"]
    until: datetime | None = Field(description="End of the maintenance, UTC, where it is known")
    sample: Literal[True] = Field(default=True, description="This service knows samples only")


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
    """Who says they are whom, and what for: a demo person, or an address and a number."""

    model_config = ConfigDict(
        extra="forbid", hide_input_in_errors=True, json_schema_extra=_ONE_OF_BOTH
    )

    purpose: Purpose
    demo_person: str | None = Field(default=None, min_length=1, max_length=64)
    mail: str | None = Field(default=None, min_length=1, max_length=320)
    number: str = Field(default="", max_length=40, description="Empty where it is not known")
    client: str = Field(default="", max_length=64, description="Digest that stands for a browser")

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if (self.demo_person is None) == (self.mail is None):
            raise ValueError("exactly one of demo_person and mail")
        return self


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
    """Whether the account is locked. `unknown`: anything but a full match, a bad handle too."""

    state: LockState
    until: datetime | None = Field(default=None, description="End of the lock, UTC")
    sample: Literal[True] = Field(
        default=True, description="Always true: this is no real registration"
    )


class Features(_Answer):
    """What the registration allows. `unknown`: anything but a full match, a bad handle too."""

    registration: Literal["online", "full", "expired", "employer", "unknown"]
    sample: Literal[True] = Field(
        default=True, description="Always true: this is no real registration"
    )


class ResendAccepted(_Answer):
    """The same for everybody: a mail goes out if there is a login that waits for a code."""

    status: Literal["accepted"] = "accepted"
    sample: Literal[True] = Field(default=True, description="Always true: no real code is sent")


class LoginRequest(BaseModel):
    """The first step of the mock's login."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    login_id: str = Field(min_length=1, max_length=320)
    password: str = Field(min_length=1, max_length=200)
    client: str = Field(default="", max_length=64, description="Digest that stands for a browser")


class Login(BaseModel):
    """A login that waits for the code in the mail."""

    login: str
    expires_in: int = Field(description="Seconds")


class CodeRequest(BaseModel):
    """The second step: the code."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    code: str = Field(min_length=1, max_length=20)


class LoggedIn(_Answer):
    """The code was the newest one of this login, in time and not used before."""

    status: Literal["ok"] = "ok"


class Letter(BaseModel):
    """A mail in the mock's mailbox: to whom (a demo person's id) and its words."""

    model_config = ConfigDict(from_attributes=True)

    person: str
    subject: str
    text: str


class Letters(BaseModel):
    """The mailbox, oldest first."""

    letters: list[Letter]
