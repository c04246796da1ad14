"""Turn away at the door what no browser and no platform sends, before anything reads it."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.kit.errors import BodyTooLarge, EncodingRefused, HeadersTooLarge, HelpbotError
from api.kit.problems import Sentences, problem

# The largest honest body is a platform's batch; a person's message has a limit of its own.
BODY_LIMIT = 1024 * 1024
# Browsers send about 20 headers of 2 KB in all, a proxy adds a few.
MOST_HEADERS, HEADERS_LIMIT = 100, 16 * 1024


class Doorway:
    """Plain ASGI middleware: counts headers and bytes, and takes nothing packed.

    Nothing here unpacks a body, so a packed one could do no harm; it is refused because what it
    says can never be read.
    """

    def __init__(self, app: ASGIApp, sentences: Sentences, limit: int = BODY_LIMIT) -> None:
        self._app, self._sentences, self._limit = app, sentences, limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer at once where the headers are enough to refuse; else count what comes."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif error := self._refusal(scope):
            await problem(error, self._sentences)(scope, receive, send)
        else:
            await self._app(scope, self._counted(receive), send)

    def _refusal(self, scope: Scope) -> HelpbotError | None:
        raw = scope["headers"]
        size = sum(len(name) + len(value) for name, value in raw)
        if len(raw) > MOST_HEADERS or size > HEADERS_LIMIT:
            return HeadersTooLarge(f"{len(raw)} headers, {size} bytes")
        headers = Headers(scope=scope)
        if headers.get("content-encoding", "identity").lower() not in {"", "identity"}:
            return EncodingRefused("content-encoding")
        # The server has checked already that it is a number.
        if int(headers.get("content-length", "0")) > self._limit:
            return BodyTooLarge("content-length")
        return None

    def _counted(self, receive: Receive) -> Receive:
        size = 0

        async def counted() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size > self._limit:
                # The framework lets its own exception through where it would hide any other.
                raise HTTPException(BodyTooLarge.status)
            return message

        return counted
