"""Many work, one looks."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from api.chat.bell import INBOX, Bell
from api.chat.hands import Hands


class Pile:
    """Numbers to work on; counts who looks, and who works at once."""

    def __init__(self, *items: int) -> None:
        self.items = list(items)
        self.looks = self.working = self.most = 0
        self.done: list[int] = []
        self.let_go = asyncio.Event()

    async def take(self) -> int | None:
        self.looks += 1
        await asyncio.sleep(0)
        return self.items.pop(0) if self.items else None

    async def work(self, item: int) -> None:
        self.working += 1
        self.most = max(self.most, self.working)
        try:
            await self.let_go.wait()
            if item < 0:
                raise ValueError(item)
            self.done.append(item)
        finally:
            self.working -= 1


@asynccontextmanager
async def at_work(pile: Pile, count: int, bell: Bell | None = None) -> AsyncIterator[None]:
    hands = Hands(pile.take, pile.work, count)
    running = asyncio.ensure_future(hands.run(bell or Bell(), INBOX, idle=60))
    await asyncio.sleep(0.05)
    yield
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


async def test_no_more_are_at_work_than_there_are_hands() -> None:
    pile = Pile(1, 2, 3, 4, 5)
    async with at_work(pile, 2):
        pile.let_go.set()
        await asyncio.sleep(0.05)
    assert (pile.most, sorted(pile.done)) == (2, [1, 2, 3, 4, 5])


async def test_one_ring_is_one_look_however_many_hands_are_free() -> None:
    pile, bell = Pile(), Bell()
    async with at_work(pile, 4, bell):
        before = pile.looks
        bell.ring(INBOX)
        await asyncio.sleep(0.05)
    assert pile.looks == before + 1


async def test_a_ring_about_something_else_wakes_nobody() -> None:
    pile, bell = Pile(), Bell()
    async with at_work(pile, 4, bell):
        before = pile.looks
        bell.ring("c-1")
        await asyncio.sleep(0.05)
    assert pile.looks == before


async def test_what_fails_leaves_its_hand_free_for_the_next() -> None:
    pile = Pile(-1, -2, 3)
    async with at_work(pile, 1):
        pile.let_go.set()
        await asyncio.sleep(0.05)
    assert pile.done == [3]


async def test_whoever_is_at_work_stops_when_the_loop_is_cancelled() -> None:
    pile = Pile(1)
    async with at_work(pile, 1):
        assert pile.working == 1
    assert (pile.working, pile.done) == (0, [])
