"""The one error family of the api processes.

An error carries a stable code, a status and a detail for the log. The Japanese sentence for
the person stands under the code in `data/answers/interface/errors.yml`: words are content.
"""

from typing import ClassVar


class HelpbotError(Exception):
    """Base of everything that may reach a person as `{"error", "message", "receipt"}`."""

    code: ClassVar[str] = "internal_error"
    status: ClassVar[int] = 500

    def __init__(self, detail: str = "", *, retry_after: int | None = None) -> None:
        """`detail` is for the log and holds no text of a person; `retry_after` is in seconds."""
        super().__init__(detail or self.code)
        self.detail = detail
        self.retry_after = retry_after


class InvalidRequest(HelpbotError):
    """The body is not what the contract says."""

    code, status = "invalid_request", 422


class Unauthorized(HelpbotError):
    """No token, or not this conversation's. The same for a conversation that does not exist."""

    code, status = "unauthorized", 401


class NotFound(HelpbotError):
    """Nothing stands at this address."""

    code, status = "not_found", 404


class BodyTooLarge(HelpbotError):
    """The body is larger than any honest message."""

    code, status = "body_too_large", 413


class HeadersTooLarge(HelpbotError):
    """More headers, or longer ones, than any browser sends."""

    code, status = "headers_too_large", 431


class EncodingRefused(HelpbotError):
    """The body is packed; nothing here unpacks."""

    code, status = "encoding_refused", 415


class Unavailable(HelpbotError):
    """A part this needs does not answer now; the caller should send it again."""

    code, status = "unavailable", 503
