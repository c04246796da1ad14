"""The errors of this API, and how they stand in its OpenAPI document."""

from typing import Any

from pydantic import BaseModel, Field

from api.kit.errors import HelpbotError


class LoginRefused(HelpbotError):
    """Unknown, wrong, locked, used, too old: one refusal, so that it tells nothing."""

    code, status = "login_refused", 401


class KeyMissing(HelpbotError):
    """A call that does something came without its `Idempotency-Key`."""

    code, status = "idempotency_key_missing", 422


class Problem(BaseModel):
    """The one shape of every failure."""

    error: str = Field(description="Stable code")
    message: str = Field(description="Japanese sentence for the person")
    receipt: str = Field(description="Number under which the log keeps the detail")


def documented(*errors: type[HelpbotError]) -> dict[int | str, dict[str, Any]]:
    """Return the OpenAPI responses for `errors`; `default` stands for those any route may give."""
    responses: dict[int | str, dict[str, Any]] = {
        error.status: {"model": Problem, "description": f"`{error.code}`: {error.__doc__}"}
        for error in errors
    }
    # Without `default` FastAPI adds its own 422 shape, which this API never sends.
    return responses | {"default": {"model": Problem, "description": "Any other failure."}}
