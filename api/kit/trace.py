"""One id for a message on its way from the widget to the account API: its 受付番号.

It stands in every log line as `trace` (bound to structlog's context) and goes from process to
process in the header `X-Request-Id`.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bind_contextvars, bound_contextvars, get_contextvars

from api.kit.ids import new_receipt

HEADER = "X-Request-Id"
_RECEIPT = re.compile(r"HB-[0-9A-Z]{4}-[0-9A-Z]{4}")


@contextmanager
def traced(receipt: str) -> Iterator[None]:
    """Give all log lines of the block that 受付番号."""
    with bound_contextvars(trace=receipt):
        yield


def follow(receipt: str) -> None:
    """Go on under another 受付番号: a request has become a message."""
    bind_contextvars(trace=receipt)


def current_receipt() -> str:
    """Return the 受付番号 of what is being done, or a new one where nothing has any."""
    return str(get_contextvars().get("trace") or new_receipt())


class Traced:
    """Plain ASGI middleware: each request has a 受付番号, which its answer carries."""

    def __init__(self, app: ASGIApp, believes: bool) -> None:
        """`believes`: take the caller's; only for an API whose callers are ours."""
        self._app, self._believes = app, believes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Bind the id for the time of the request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = current_receipt()
            await send(message)

        with traced(self._brought(scope) or new_receipt()):
            await self._app(scope, receive, marked)

    def _brought(self, scope: Scope) -> str | None:
        brought = Headers(scope=scope).get(HEADER, "") if self._believes else ""
        return brought if _RECEIPT.fullmatch(brought) else None
