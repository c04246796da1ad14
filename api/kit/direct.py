"""SQLite without a trip to another thread for each word exchanged with it.

aiosqlite hands every call to the connection's own thread. A statement on a file of ours takes some
microseconds, the way there and back a hundred: most of a turn's time in the gateway
(docs/performance.md). Here a call is made at once, on the event loop, unless it may have to wait:
for the disk (COMMIT) or for another process that writes (BEGIN IMMEDIATE, a checkpoint). Meant for
short statements with an index behind them; what reads much stays on threads.
"""

import sqlite3
from typing import Any

import aiosqlite

# Of the connection; a cursor's close waits for nobody.
_WAIT = ("commit", "close")
_WAITING_WORDS = ("BEGIN IMMEDIATE", "PRAGMA", "COMMIT")


class DirectConnection(aiosqlite.Connection):
    """Does at once what cannot wait for anybody; the rest on its thread, as its parent does."""

    async def _execute(self, fn: Any, *args: Any, **kwargs: Any) -> Any:
        if not self._running or not self._connection:
            raise ValueError("Connection closed")
        if _may_wait(fn, args):
            return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]
        return fn(*args, **kwargs)


def _may_wait(fn: Any, args: tuple[Any, ...]) -> bool:
    of_connection = isinstance(getattr(fn, "__self__", None), sqlite3.Connection)
    if of_connection and fn.__name__ in _WAIT:
        return True
    return bool(args and str(args[0]).startswith(_WAITING_WORDS))


async def connect(path: str, **options: Any) -> aiosqlite.Connection:
    """Open the file at `path` as SQLAlchemy's engine asks for it (`async_creator_fn`)."""
    options["check_same_thread"] = False
    connection = DirectConnection(lambda: sqlite3.connect(path, **options), iter_chunk_size=64)
    connection._thread.daemon = True
    return await connection
