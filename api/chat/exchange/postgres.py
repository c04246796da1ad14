"""Rings across machines: PostgreSQL's LISTEN and NOTIFY.

What is told is a conversation's id, nothing of what was said. It is told after the commit, on a
connection of its own: a NOTIFY within each writing transaction would make commits queue up.
https://www.postgresql.org/docs/current/sql-notify.html
"""

import asyncio
from contextlib import suppress

import structlog
from psycopg import AsyncConnection, Error

from api.chat.bell import Bell
from api.kit.ids import new_id

_CHANNEL = "helpbot"
_AGAIN_SECONDS = 1.0
# Whether the other end is still there is asked so often.
_PROBE_SECONDS = 5.0
_TELL = "select pg_notify(%s, each) from unnest(%s::text[]) as each"

_log = structlog.get_logger()


class PostgresExchange:
    """Tells other processes what is rung here, and rings here what they tell."""

    def __init__(self, url: str, bell: Bell) -> None:
        self._url, self._bell = url, bell
        self._own = new_id("x")
        self._untold: set[str] = set()
        self._something = asyncio.Event()
        bell.tell_others = self._tell

    def _tell(self, about: str) -> None:
        self._untold.add(about)
        self._something.set()

    async def run(self) -> None:
        """Hear and tell until cancelled; a lost connection is made anew."""
        await asyncio.gather(self._forever(self._hear), self._forever(self._send))

    async def _forever(self, work: object) -> None:
        while True:
            with suppress(Error, OSError):
                async with await self._connect() as connection:
                    await work(connection)  # type: ignore[operator]
            self._bell.hears_others = False
            with suppress(OSError):
                _log.warning("exchange_broken")
            await asyncio.sleep(_AGAIN_SECONDS)

    async def _connect(self) -> "AsyncConnection[tuple[object, ...]]":
        return await AsyncConnection.connect(self._url, autocommit=True, connect_timeout=5)

    async def _hear(self, connection: "AsyncConnection[tuple[object, ...]]") -> None:
        await connection.execute(f"listen {_CHANNEL}")
        self._bell.hears_others = True
        # What was told while nobody listened is not known: everybody looks.
        self._bell.heard()
        # What this process was about to tell before it died is not known either.
        self._tell("")
        while True:
            async for told in connection.notifies(timeout=_PROBE_SECONDS):
                source, _, about = told.payload.partition("/")
                if source != self._own:
                    self._bell.heard(about)
            await connection.execute("select 1")

    async def _send(self, connection: "AsyncConnection[tuple[object, ...]]") -> None:
        while True:
            await self._something.wait()
            self._something.clear()
            told, self._untold = self._untold, set()
            await connection.execute(_TELL, (_CHANNEL, [f"{self._own}/{each}" for each in told]))
