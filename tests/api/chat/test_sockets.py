"""Processes that share a SQLite file ring at each other's sockets, and outlive each other."""

import asyncio
import os
import socket
import stat
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from api.chat.bell import Bell, Ear
from api.chat.exchange.sockets import SocketExchange
from tests.api.chat.test_exchange import until

Join = Callable[[], Awaitable[Bell]]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Deeper than a socket's address has room for."""
    folder = tmp_path / ("a" * 60) / ("b" * 60)
    folder.mkdir(parents=True)
    return folder / "gateway.db"


@pytest.fixture
def room(file: Path) -> Path:
    return file.with_name("bells-gateway.db")


@asynccontextmanager
async def process(file: Path) -> AsyncIterator[Bell]:
    bell = Bell()
    running = asyncio.create_task(SocketExchange(file, bell).run())
    await until(lambda: bell.hears_others)
    try:
        yield bell
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


@pytest.fixture
async def join(file: Path) -> AsyncIterator[Join]:
    """Start one process more."""
    async with AsyncExitStack() as stack:
        yield lambda: stack.enter_async_context(process(file))


@pytest.fixture
def dead(room: Path) -> Path:
    """What a process leaves behind that was killed."""
    room.mkdir()
    return Neighbour(room).path


class Neighbour:
    """A neighbour's socket; it was closed, or nobody reads from it."""

    def __init__(self, room: Path, *, stands_still: bool = False) -> None:
        self.path = room / "x-neighbour"
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        here = os.open(room, os.O_RDONLY)
        self.socket.bind(f"/proc/self/fd/{here}/{self.path.name}")
        os.close(here)
        if not stands_still:
            self.socket.close()


async def heard(ear: Ear) -> bool:
    began = time.monotonic()
    await ear.next_ring(5)
    return time.monotonic() - began < 4


async def test_only_its_owner_may_enter_the_folder(join: Join, room: Path) -> None:
    await join()
    assert stat.S_IMODE(os.stat(room).st_mode) == 0o700


async def test_who_ends_leaves_no_socket_behind(file: Path, room: Path) -> None:
    async with process(file):
        assert len(os.listdir(room)) == 1
    assert os.listdir(room) == []


async def test_the_socket_of_a_dead_process_is_removed(join: Join, dead: Path) -> None:
    (await join()).ring("c-1")
    await until(lambda: not os.path.lexists(dead))


async def test_a_dead_process_keeps_no_ring_from_others(join: Join, dead: Path) -> None:
    here, there = await join(), await join()
    with there.listening("c-1") as ear:
        here.ring("c-1")
        assert await heard(ear)


async def test_one_that_stands_still_keeps_no_ring_from_others(join: Join, room: Path) -> None:
    here, there = await join(), await join()
    still = Neighbour(room, stands_still=True).socket
    for number in range(300):
        here.ring(f"c-{number}")
        await asyncio.sleep(0)
    with still, there.listening("c-last") as ear:
        here.ring("c-last")
        assert await heard(ear)


async def test_one_that_stood_still_looks_at_everything_afterwards(join: Join, room: Path) -> None:
    here = await join()
    still = Neighbour(room, stands_still=True).socket
    for number in range(300):
        here.ring(f"c-{number}")
        await asyncio.sleep(0)
    still.setblocking(False)
    told: list[str] = []

    def looks_at_everything() -> bool:
        try:
            told.append(still.recv(64 * 1024).decode())
        except BlockingIOError:
            return False
        return "" in told[-1].split("\n")

    with still:
        await until(looks_at_everything)


async def test_a_word_about_everything_wakes_everybody_there(join: Join) -> None:
    here, there = await join(), await join()
    with there.listening("c-1") as ear:
        ear.ring()
        await ear.next_ring(1)
        here.tell_others("")
        assert await heard(ear)


async def test_who_comes_back_lets_the_others_look_at_everything(join: Join) -> None:
    there = await join()
    with there.listening("c-1") as ear:
        await join()
        assert await heard(ear)


async def test_a_burst_reaches_a_neighbour_whole(join: Join) -> None:
    here, there = await join(), await join()
    heard_of: list[str] = []
    there.heard = heard_of.append  # type: ignore[assignment,method-assign]
    for number in range(100):
        here.ring(f"c-{number}")
        await asyncio.sleep(0)
    await until(lambda: len(heard_of) >= 100)
    assert set(heard_of) == {f"c-{number}" for number in range(100)}


async def test_without_a_folder_to_write_in_one_goes_on_looking(tmp_path: Path) -> None:
    bell = Bell()
    running = asyncio.create_task(SocketExchange(tmp_path / "none" / "gateway.db", bell).run())
    await asyncio.sleep(0.1)
    assert not running.done()
    assert not bell.hears_others
    running.cancel()
