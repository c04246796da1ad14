"""One look, many hands: a loop takes what is due and hands it to tasks of its own."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from api.chat.bell import Bell
from api.chat.loop import IDLE_SECONDS, forever, note_failure

Item = TypeVar("Item")


class Hands(Generic[Item]):
    """Works on up to `count` items at once; only one of them ever looks for the next.

    Loops that each look for themselves ask the database as often as there are loops.
    """

    def __init__(
        self,
        take: Callable[[], Awaitable[Item | None]],
        work: Callable[[Item], Awaitable[None]],
        count: int,
    ) -> None:
        self._take, self._work = take, work
        self._free = asyncio.Semaphore(count)

    async def run(self, bell: Bell, about: str, idle: float = IDLE_SECONDS) -> None:
        """Take and work until cancelled; look every `idle` seconds for what no bell tells of."""
        async with asyncio.TaskGroup() as tasks:

            async def step() -> bool:
                item = await self._next()
                if item is not None:
                    tasks.create_task(self._do(item))
                return item is not None

            await forever(step, bell, idle, about)

    async def once(self) -> bool:
        """Take one item and work on it to its end; say whether there was one."""
        item = await self._next()
        if item is not None:
            await self._do(item)
        return item is not None

    async def _next(self) -> Item | None:
        await self._free.acquire()
        item = None
        try:
            item = await self._take()
        finally:
            if item is None:
                self._free.release()
        return item

    async def _do(self, item: Item) -> None:
        try:
            await self._work(item)
        except Exception as error:
            # Its lease ends, and somebody takes it again.
            note_failure(error)
        finally:
            self._free.release()
