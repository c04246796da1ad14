"""The four loads: steady, a burst, one person who floods, many who only listen."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.client import Client
from benchmarks.figures import percentile
from benchmarks.load.crowd import Crowd, gather_people, visitors
from benchmarks.load.outcome import outcome
from benchmarks.load.people import Said
from benchmarks.load.streams import Listeners
from benchmarks.load.watch import Watch
from benchmarks.stack import Whole

PEOPLE, RATE, BURST_RATE, FLOOD_RATE, QUIET_RATE = 200, 10.0, 60.0, 50.0, 5.0
_DRAIN_LIMIT = 600.0


@dataclass(frozen=True)
class Sizes:
    """Seconds of each load, how many people and how many listeners."""

    steady: float = 1800
    burst: float = 60
    flood: float = 60
    listening: float = 60
    people: int = PEOPLE
    listeners: int = 500
    sample: float = 10


SHORT = Sizes(steady=50, burst=10, flood=15, listening=15, sample=2)
Row = dict[str, Any]
Phase = Callable[[Whole, Client, Sizes], Awaitable[Row]]


async def steady(stack: Whole, client: Client, sizes: Sizes) -> Row:
    """Ten messages a second from 200 people."""
    people = await gather_people(client, stack, sizes.people)
    await Crowd(people, seed=2).talk(RATE, 5)
    crowd = Crowd(people)
    async with Watch(stack, sizes.sample).looking() as watch:
        await crowd.talk(RATE, sizes.steady)
        drained = await drain(stack)
        # Connections kept open for the next request close after some idle seconds.
        await asyncio.sleep(6)
    return {"rate": RATE, **outcome(stack, crowd.said), "drained_s": drained, **watch.summary()}


async def burst(stack: Whole, client: Client, sizes: Sizes) -> Row:
    """Sixty messages a second, more than can be answered at once."""
    crowd = Crowd(await gather_people(client, stack, sizes.people), wait=False)
    await crowd.talk(BURST_RATE, sizes.burst)
    drained = await drain(stack)
    return {"rate": BURST_RATE, **outcome(stack, crowd.said), "drained_s": drained}


async def flood(stack: Whole, client: Client, sizes: Sizes) -> Row:
    """Others talk; then others talk while one person sends fifty messages a second."""
    people = await visitors(client, stack.url, 60)
    others, flooder = people[:-1], people[-1]
    await Crowd(others, seed=2).talk(QUIET_RATE, 3)
    before = await Crowd(others).talk(QUIET_RATE, sizes.flood)
    flooding = asyncio.ensure_future(
        Crowd([flooder], wait=False, seed=3).talk(FLOOD_RATE, sizes.flood)
    )
    during = await Crowd(others).talk(QUIET_RATE, sizes.flood)
    flooded = await flooding
    drained = await drain(stack)
    alone, beside = (percentile([each.answered for each in said], 95) for said in (before, during))
    row = outcome(stack, [*before, *during, *flooded])
    ratio = round(beside / max(alone, 1e-9), 3)
    return {"rate": FLOOD_RATE, **row, "drained_s": drained, "others_p95_ratio": ratio}


async def listening(stack: Whole, client: Client, sizes: Sizes) -> Row:
    """Five hundred event streams on which nothing happens, beside a few who talk."""
    talking = await visitors(client, stack.url, 60)
    silent = await visitors(client, stack.url, sizes.listeners)
    await Crowd(talking, seed=2).talk(QUIET_RATE, 3)
    before, idle = await _with_usage(stack, talking, sizes.listening)
    async with Listeners(silent, stack.url).open() as listeners:
        during, busy = await _with_usage(stack, talking, sizes.listening)
        broken = listeners.broken()
    await asyncio.sleep(3)
    alone, beside = (percentile([each.answered for each in said], 95) for said in (before, during))
    return {
        "rate": QUIET_RATE,
        **outcome(stack, [*before, *during]),
        "drained_s": await drain(stack),
        "streams": len(silent),
        "streams_broken": broken,
        "others_p95_ratio": round(beside / max(alone, 1e-9), 3),
        "cpu_seconds_ratio": round(busy / max(idle, 1e-9), 3),
        "connections": [0, Watch(stack, 1).take()["gateway"].connections],
    }


async def _with_usage(
    stack: Whole, people: Sequence[Any], seconds: float
) -> tuple[list[Said], float]:
    """Let people talk; return what they said and the processor time of all processes."""
    watch = Watch(stack, seconds)
    began = watch.take()["all"].cpu_seconds
    said = await Crowd(people).talk(QUIET_RATE, seconds)
    return said, watch.take()["all"].cpu_seconds - began


async def drain(stack: Whole) -> float:
    """Wait until everything is answered and delivered; return the seconds, -1 for never."""
    began = time.monotonic()
    while not await asyncio.to_thread(stack.all_done):
        if time.monotonic() - began > _DRAIN_LIMIT:
            return -1.0
        await asyncio.sleep(0.3)
    return round(time.monotonic() - began, 1)


PHASES: dict[str, Phase] = {
    "steady": steady,
    "burst": burst,
    "flood": flood,
    "listening": listening,
}
