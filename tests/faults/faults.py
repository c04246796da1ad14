"""The faults: each is done to the running stack at a random moment, and undone."""

import asyncio
import contextlib
import random
import resource
import sqlite3
from collections.abc import Awaitable, Callable

import psutil

from tests.faults.stack import PARTS, Stack
from tests.faults.traffic import Traffic

Fault = Callable[[Stack, Traffic], Awaitable[None]]
_random = random.Random()


def process(stack: Stack, part: str) -> psutil.Process:
    """Return the process of a part."""
    return psutil.Process(stack.processes[part].pid)


def kill(part: str) -> Fault:
    """Return the fault that a part is killed without warning."""

    async def fault(stack: Stack, traffic: Traffic) -> None:
        with contextlib.suppress(psutil.Error):
            process(stack, part).kill()

    return fault


async def nothing(stack: Stack, traffic: Traffic) -> None:
    """Break nothing: what the other rows are compared with."""
    await asyncio.sleep(3)


async def stop_for_a_while(stack: Stack, traffic: Traffic) -> None:
    """Freeze one part, a different one each time, for 30 seconds."""
    victim = process(stack, _random.choice(PARTS))
    victim.suspend()
    await asyncio.sleep(30)
    with contextlib.suppress(psutil.Error):
        victim.resume()


async def no_database(stack: Stack, traffic: Traffic) -> None:
    """Keep everybody from writing into the gateway's database for 60 seconds."""
    with contextlib.closing(
        sqlite3.connect(stack.database, timeout=60, isolation_level=None)
    ) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        await asyncio.sleep(60)
        connection.execute("ROLLBACK")


def shaped(shape: str) -> Fault:
    """Return the fault that the platforms deliver events in a bad way for a while."""

    async def fault(stack: Stack, traffic: Traffic) -> None:
        traffic.shape = shape
        await asyncio.sleep(2)
        traffic.shape = ""

    return fault


async def wrong_clock(stack: Stack, traffic: Traffic) -> None:
    """Set the gateways' clocks six minutes ahead or back for some seconds."""
    stack.clock.write_text(str(_random.choice((-360, 360))))
    await asyncio.sleep(_random.uniform(2, 5))
    stack.clock.write_text("0")


async def full_disk(stack: Stack, traffic: Traffic) -> None:
    """Let no write of the gateways and the worker succeed: the kernel refuses them by file size."""
    victims = [process(stack, part) for part in ("api", "api2", "worker")]
    for victim in victims:
        with contextlib.suppress(psutil.Error):
            victim.rlimit(resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))
    await asyncio.sleep(_random.uniform(2, 5))
    for victim in victims:
        with contextlib.suppress(psutil.Error):
            victim.rlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


async def poison(stack: Stack, traffic: Traffic) -> None:
    """Let the worker die three times over whatever it has in hand."""
    rasa = process(stack, "rasa")
    rasa.suspend()
    try:
        for crash in range(3):
            await _until(lambda wanted=crash: _in_hand(stack, wanted), 25)
            await kill("worker")(stack, traffic)
            await asyncio.sleep(1)
    finally:
        rasa.resume()


def _in_hand(stack: Stack, crashes: int) -> bool:
    # The website's messages are in a gateway's hand.
    query = "select 1 from inbox where status = 'in_progress' and crashes = ? and channel != 'web'"
    return bool(stack.rows(query, crashes))


async def _until(true: Callable[[], bool], seconds: int) -> None:
    for _ in range(seconds * 10):
        if true():
            return
        await asyncio.sleep(0.1)


async def bad_platforms(stack: Stack, traffic: Traffic) -> None:
    """Let LINE and Slack fail, hang, refuse for being too fast, and take without saying so.

    For three seconds: what is left over would strike at some later call, after the last fault.
    """
    for fake in (stack.line, stack.slack):
        fake.faults.extend(_random.choices(("fail", "hang", "limit", "lose", ""), k=6))
    await asyncio.sleep(3)
    for fake in (stack.line, stack.slack):
        fake.faults.clear()


# Name -> the fault and the seconds from one to the next, so that it strikes every state.
FAULTS: dict[str, tuple[Fault, float]] = {
    "none": (nothing, 3),
    "kill -9 api": (kill("api"), 5),
    "kill -9 worker": (kill("worker"), 7),
    "kill -9 Rasa": (kill("rasa"), 16),
    "kill -9 actions": (kill("actions"), 5),
    "kill -9 accounts": (kill("accounts"), 5),
    "SIGSTOP 30 s": (stop_for_a_while, 5),
    "database gone 60 s": (no_database, 5),
    "duplicates x2-x5": (shaped("duplicated"), 2),
    "reordered": (shaped("reordered"), 2),
    "20 minutes late": (shaped("late"), 2),
    "clock +-6 min": (wrong_clock, 3),
    "disk full": (full_disk, 4),
    "poison message": (poison, 4),
    "platforms fail": (bad_platforms, 3),
}
# After each of these everything has to have its outcome within the limit before the next one: else
# it would strike what stands still anyway.
LONG = frozenset({"SIGSTOP 30 s", "database gone 60 s", "poison message"})
