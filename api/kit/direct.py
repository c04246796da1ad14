"""SQLite without a trip to another thread for each word exchanged with it.

aiosqlite hands every call to the connection's own thread. A statement on a file of ours takes some
microseconds, the way there and back a hundred: most of a turn's time in the gateway
(docs/performance.md). Here a call is made at once, on the event loop, unless it may have to wait
for the disk (COMMIT) or for readers (a checkpoint). Meant for short statements with an index behind
them; what reads much stays on threads.

For another process that writes (BEGIN IMMEDIATE) the event loop waits, not the file: SQLite's own
waiting sleeps longer each time, up to a tenth of a second, and who writes seldom never met the
moment between two who write often (https://www.sqlite.org/c3ref/busy_timeout.html).
"""

import asyncio
import sqlite3
from typing import Any

import aiosqlite

# Of the connection; a cursor's close waits for nobody.
_WAIT = ("commit", "close")
_WAITING_WORDS = ("PRAGMA", "COMMIT")
_WRITES = "BEGIN IMMEDIATE"
# Between two looks whether another process still writes: for those somebody waits for, and for
# those who step back before them.
_PAUSE_SECONDS, _PATIENT_SECONDS = 0.001, 0.005
LONGEST_WAIT_SECONDS = 10.0


class DirectConnection(aiosqlite.Connection):
    """Does at once what cannot wait for anybody; the rest on its thread, as its parent does."""

    pause = _PAUSE_SECONDS

    async def _execute(self, fn: Any, *args: Any, **kwargs: Any) -> Any:
        if not self._running or not self._connection:
            raise ValueError("Connection closed")
        if _may_wait(fn, args):
            return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]
        if args and args[0] == _WRITES:
            return await self._begin(fn)
        return fn(*args, **kwargs)

    async def _begin(self, execute: Any) -> Any:
        """Begin to write; while another process does, let everything else in this one go on."""
        loop = asyncio.get_running_loop()
        last = loop.time() + LONGEST_WAIT_SECONDS
        while True:
            try:
                return self._begin_at_once(execute)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or loop.time() > last:
                    raise
            await asyncio.sleep(self.pause)

    def _begin_at_once(self, execute: Any) -> Any:
        self._conn.execute("PRAGMA busy_timeout=0")
        try:
            return execute(_WRITES)
        finally:
            self._conn.execute(f"PRAGMA busy_timeout={LONGEST_WAIT_SECONDS * 1000:.0f}")


def _may_wait(fn: Any, args: tuple[Any, ...]) -> bool:
    of_connection = isinstance(getattr(fn, "__self__", None), sqlite3.Connection)
    if of_connection and fn.__name__ in _WAIT:
        return True
    return bool(args and str(args[0]).startswith(_WAITING_WORDS))


async def connect(path: str, **options: Any) -> DirectConnection:
    """Open the file at `path` as SQLAlchemy's engine asks for it (`async_creator_fn`)."""
    options["check_same_thread"] = False
    connection = DirectConnection(lambda: sqlite3.connect(path, **options), iter_chunk_size=64)
    connection._thread.daemon = True
    await connection
    return connection


async def connect_patiently(path: str, **options: Any) -> DirectConnection:
    """Open it for a process that lets others write first."""
    connection = await connect(path, **options)
    connection.pause = _PATIENT_SECONDS
    return connection
