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
    # Neither our pages nor what they frame ever ask for any of these.
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
]
# No foreign page has hold of ours. The form keeps its opener: it tells the chat what to fetch.
_ALONE = (b"cross-origin-opener-policy", b"same-origin-allow-popups")
FORM = "/verify/"
# A year, as https://hstspreload.org asks; only where people come by TLS at all.
_ENCRYPTED = (b"strict-transport-security", b"max-age=31536000")
_NOT_KEPT = (b"cache-control", b"no-store")
# A file of ours says how long it may be kept; what says nothing may hold somebody's words.
_SAYS_HOW_LONG = {b"cache-control", b"etag"}


class SecurityHeaders:
    """Plain ASGI middleware around everything, so that errors carry the headers too."""

    def __init__(
        self, app: ASGIApp, frame_ancestors: Sequence[str] = (), *, encrypted: bool = False
    ) -> None:
        """`encrypted`: people reach this gateway by https."""
        self._app = app
        self._alone = f"{_POLICY}'none'".encode()
        self._framed = " ".join((f"{_POLICY}'self'", *frame_ancestors)).encode()
        self._fixed = [*_HEADERS, _ENCRYPTED] if encrypted else _HEADERS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers to the start of each HTTP answer."""
        policy = self._framed if scope.get("path") == FRAME else self._alone
        own = [(b"content-security-policy", policy), *self._fixed]
        if not scope.get("path", "").startswith(FORM):
            own.append(_ALONE)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = list(message.get("headers", []))
                silent = not _SAYS_HOW_LONG & {name.lower() for name, _ in given}
                message["headers"] = [*given, *own, *([_NOT_KEPT] if silent else [])]
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)
