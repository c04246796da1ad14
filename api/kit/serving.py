"""How both processes serve HTTP: the server's settings, and its patience."""

import asyncio
import resource
import sys
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

# From the connection's beginning, or the answer before, to the last header.
HEAD_SECONDS = 10.0
# For a body of 1 MB at most.
BODY_SECONDS = 20.0
_PATIENCE = {h11.IDLE: HEAD_SECONDS, h11.SEND_BODY: BODY_SECONDS}
# Beyond these the server says 503 at once; each idle event stream is one.
_MOST_CONNECTIONS = 4000
# Files, databases and pipes need some as well. Debian's default is 1,024 for everything.
_MOST_FILES = 8192
_SWITCH_SECONDS = 0.0005


class PunctualProtocol(H11Protocol):
    """Cuts a client that does not bring its request to an end in time.

    uvicorn waits for ever, so a few thousand clients that send a byte a second would take all
    the connections there are. A request that is complete may be answered for as long as it
    takes: an event stream stays open for hours.
    """

    _state: Any = None
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Let bytes that end nothing buy no time."""
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        """Begin to wait for the next request of the connection."""
        super().on_response_complete()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop()
        super().connection_lost(exc)

    def _watch(self) -> None:
        """Start the clock anew when another part of a request begins, and only then."""
        state = self.conn.their_state
        if state is self._state:
            return
        self._stop()
        self._state = state
        if (seconds := _PATIENCE.get(state)) and not self.transport.is_closing():
            self._timer = self.loop.call_later(seconds, self.transport.close)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def options() -> dict[str, Any]:
    """Return what `uvicorn.run` is told beside address and port."""
    return {
        "http": PunctualProtocol,
        "ws": "none",
        "limit_concurrency": _MOST_CONNECTIONS,
        "server_header": False,
        "log_config": None,
        # The paths hold verification tokens and handles.
        "access_log": False,
    }


def allow_connections() -> None:
    """Raise this process's own limit of open files as far as it may."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_FILES if hard == resource.RLIM_INFINITY else min(_MOST_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def share_fairly() -> None:
    """Let threads have the interpreter sooner than after Python's five milliseconds.

    A commit waits for the disk on a thread of its own, and whoever sent the message waits for the
    commit to come back from there.
    """
    sys.setswitchinterval(_SWITCH_SECONDS)
