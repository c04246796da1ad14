"""The measurements. Each returns figures by system's name; ours and the others take turns."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.client import Client
from benchmarks.figures import milliseconds, percentile
from benchmarks.load.crowd import Crowd
from benchmarks.load.people import InSlack, OnLine, Person
from benchmarks.speed.systems import Ours, System, Talk, all_running, alone, working
from benchmarks.speed.talk import Timing, rounds, short_talks
from benchmarks.usage import by_part
from tests.faults.traffic import TEXTS

CLIENTS = (1, 8, 32)
Figures = dict[str, Any]


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    starts: int = 3
    blocks: int = 3
    messages: int = 400
    # As many as the most clients, so that nobody is hurried beyond 60 messages a minute.
    talks: int = 32
    turns: int = 100
    late_turn: int = 300
    pace: float = 1.05
    many: int = 10_000
    ack_seconds: float = 60


SHORT = Sizes(
    starts=1, blocks=2, messages=100, talks=24, turns=20, late_turn=40, many=600, ack_seconds=15
)
Measure = Callable[[Sequence[System], Sizes], Coroutine[Any, Any, Figures]]


async def start(systems: Sequence[System], sizes: Sizes) -> Figures:
    """Seconds from nothing to the first accepted and the first answered message."""
    found: dict[str, list[dict[str, float]]] = {each.name: [] for each in systems}
    for _ in range(sizes.starts):
        for system in systems:
            with system.running():
                found[system.name].append(dict(system.times))
    return {
        name: {key: round(percentile([each[key] for each in times], 50), 2) for key in times[0]}
        for name, times in found.items()
    }


async def short(systems: Sequence[System], sizes: Sizes) -> Figures:
    """Conversations of five messages at 1, 8 and 32 clients, in alternating blocks."""
    found = {each.name: {str(clients): Timing() for clients in CLIENTS} for each in systems}
    for system in systems:
        async with working(system) as client:
            await short_talks(system, client, 4, 40)
    for clients in CLIENTS:
        for _ in range(sizes.blocks):
            for system in systems:
                async with working(system) as client:
                    timing = await short_talks(system, client, clients, sizes.messages)
                found[system.name][str(clients)] += timing
    return {name: {c: t.as_dict() for c, t in by.items()} for name, by in found.items()}


async def long(systems: Sequence[System], sizes: Sizes) -> Figures:
    """Conversations of 100 turns at 8 clients; two more turns of each at 1 and at 32."""
    found: Figures = {each.name: {} for each in systems}
    async with Client() as client:
        talks = {each.name: await _opened(each, client, sizes.talks) for each in systems}
        total = {each.name: Timing() for each in systems}
        for _ in range(sizes.turns // 10):
            for each in systems:
                with alone(each):
                    total[each.name] += await rounds(each, talks[each.name], 8, 10)
        for clients in (1, 32):
            for each in systems:
                with alone(each):
                    timing = await rounds(each, talks[each.name], clients, 2)
                found[each.name][str(clients)] = timing.as_dict()
    return {name: {"8": total[name].as_dict(), **by} for name, by in found.items()}


async def _opened(system: System, client: Client, count: int) -> list[Talk]:
    with alone(system):
        return [await system.conversation(client) for _ in range(count)]


async def turns(systems: Sequence[System], sizes: Sizes) -> Figures:
    """The cost of a late turn beside that of turn 10, in conversations at a person's pace."""
    found: Figures = {}
    for system in systems:
        async with working(system) as client:
            talks = [await system.conversation(client) for _ in range(2)]
            times = await asyncio.gather(*(_paced(talk, sizes) for talk in talks))
        found[system.name] = _turn_costs([list(each) for each in zip(*times, strict=True)])
    return found


async def _paced(talk: Any, sizes: Sizes) -> list[float]:
    times, due = [], time.monotonic()
    for place in range(sizes.late_turn):
        due += sizes.pace
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        began = time.perf_counter()
        await talk(TEXTS[place % len(TEXTS)])
        times.append(time.perf_counter() - began)
    return times


def _turn_costs(by_turn: list[list[float]]) -> Figures:
    """Return medians around turn 10 and over the last turns: each text once in both."""
    around = [each for turn in by_turn[6 : 6 + len(TEXTS)] for each in turn]
    late = [each for turn in by_turn[-len(TEXTS) :] for each in turn]
    early_ms, late_ms = (milliseconds(percentile(each, 50)) for each in (around, late))
    return {
        "turn_10": early_ms,
        f"turn_{len(by_turn)}": late_ms,
        "ratio": round(late_ms / early_ms, 2),
    }


async def memory(systems: Sequence[System], sizes: Sizes) -> Figures:
    """Memory idle and after many messages, and how much the second half of them added."""
    found: Figures = {}
    for system in systems:
        async with working(system) as client:
            await short_talks(system, client, 1, 5)
            samples, timing = [by_part(system.pids())], Timing()
            for _ in range(20):
                timing += await short_talks(system, client, 8, sizes.many // 20)
                samples.append(by_part(system.pids()))
        idle, half, end = (
            {name: each.rss for name, each in samples[at].items()} for at in (0, 10, 20)
        )
        found[system.name] = {
            "idle_mb": {name: round(size) for name, size in idle.items()},
            "after_mb": {name: round(size) for name, size in end.items()},
            "growth_second_half": {name: round(end[name] / half[name] - 1, 4) for name in end},
            **timing.as_dict(),
        }
    return found


async def acks(systems: Sequence[System], sizes: Sizes) -> Figures:
    """How soon a webhook is answered at ten messages a second."""
    found: Figures = {}
    for system in systems:
        if isinstance(system, Ours):
            async with working(system) as client:
                people: list[Person] = [OnLine(client, system.stack) for _ in range(40)]
                people += [InSlack(client, system.stack) for _ in range(20)]
                crowd = Crowd(people)
                await crowd.talk(10, 3)
                before = by_part(system.pids())
                said = await crowd.talk(10, sizes.ack_seconds)
                await asyncio.sleep(5)
                after = by_part(system.pids())
            times = [each.ack for each in said if each.accepted_at]
            found[system.name] = {
                "webhooks": len(times),
                "ack_p50": milliseconds(percentile(times, 50)),
                "ack_p95": milliseconds(percentile(times, 95)),
                "errors": sum(bool(each.error) for each in said),
                "cpu_ms_a_message": {
                    name: milliseconds(
                        (after[name].cpu_seconds - before[name].cpu_seconds) / max(1, len(said))
                    )
                    for name in after
                },
            }
    return found


async def idle(systems: Sequence[System], sizes: Sizes) -> Figures:
    """Processor time of a minute in which nobody writes, as a share of one core."""
    found: Figures = {}
    for system in systems:
        async with working(system):
            before, seconds = by_part(system.pids()), sizes.ack_seconds
            await asyncio.sleep(seconds)
            after = by_part(system.pids())
        found[system.name] = {
            name: round((after[name].cpu_seconds - before[name].cpu_seconds) / seconds, 4)
            for name in after
        }
    return found


# What shares one run of the systems; `start` starts them itself, `memory` wants them fresh.
TOGETHER = ("idle", "short", "long", "turns", "acks")
PHASES: dict[str, Measure] = {
    "start": start, "idle": idle, "short": short, "long": long, "turns": turns, "acks": acks,
    "memory": memory,
}  # fmt: skip


def measured(
    names: Sequence[str], systems: list[System], sizes: Sizes
) -> Iterator[tuple[str, Figures]]:
    """Yield each phase's name and its figures by system, as soon as it is done."""
    together = [name for name in TOGETHER if name in names]
    if "start" in names:
        yield "start", asyncio.run(start(systems, sizes))
    for group in (together, ["memory"] if "memory" in names else []):
        if group:
            with all_running(systems):
                for name in group:
                    yield name, asyncio.run(PHASES[name](systems, sizes))
