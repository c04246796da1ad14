"""Headers that every answer carries."""

from collections.abc import Sequence

from starlette.types import ASGIApp, Message, Receive, Scope, Send

# The one page that other sites may frame, and only those of the settings.
FRAME = "/chat/frame"
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors ",
    )
)
_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    # A verification link must not travel on as a referrer.
    (b"referrer-policy", b"no-referrer"),
    (b"x-robots-tag", b"noindex, nofollow"),
]


class SecurityHeaders:
    """Plain ASGI middleware, so that errors carry the headers too."""

    def __init__(self, app: ASGIApp, frame_ancestors: Sequence[str] = ()) -> None:
        self._app = app
        self._alone = f"{_POLICY}'none'".encode()
        self._framed = " ".join((f"{_POLICY}'self'", *frame_ancestors)).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers to the start of each HTTP answer."""
        policy = self._framed if scope.get("path") == FRAME else self._alone
        own = [(b"content-security-policy", policy), *_HEADERS]

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *own]
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)
