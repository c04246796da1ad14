"""Open event streams and keep them open."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence

import aiohttp

from benchmarks.load.people import Visitor

_AT_ONCE = 25


class Listeners:
    """One stream for each of some visitors."""

    def __init__(self, visitors: Sequence[Visitor], base: str) -> None:
        self._visitors, self._base = visitors, base
        self._tasks: list[asyncio.Task[None]] = []
        self._opened = 0
        self._all_open = asyncio.Event()

    @contextlib.asynccontextmanager
    async def open(self) -> AsyncIterator["Listeners"]:
        """Open all, keep them open until the block ends, then hang up."""
        forever = aiohttp.ClientTimeout(total=None, sock_read=None)
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector, timeout=forever) as session:
            doors = asyncio.Semaphore(_AT_ONCE)
            self._tasks = [
                asyncio.ensure_future(self._listen(session, doors, each)) for each in self._visitors
            ]
            async with asyncio.timeout(120):
                await self._all_open.wait()
            try:
                yield self
            finally:
                for task in self._tasks:
                    task.cancel()
                await asyncio.gather(*self._tasks, return_exceptions=True)

    def broken(self) -> int:
        """Return how many streams ended by themselves."""
        return sum(task.done() for task in self._tasks)

    async def _listen(
        self, session: aiohttp.ClientSession, doors: asyncio.Semaphore, visitor: Visitor
    ) -> None:
        url = f"{self._base}/chat/conversations/{visitor.conversation}/events"
        await doors.acquire()
        async with session.get(url, headers=visitor.headers) as stream:
            await stream.content.readany()
            doors.release()
            self._opened += 1
            if self._opened == len(self._visitors):
                self._all_open.set()
            async for _ in stream.content.iter_any():
                continue
