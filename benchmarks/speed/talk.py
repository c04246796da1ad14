"""Let clients talk, and time it."""

import asyncio
import random
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.client import Client
from benchmarks.figures import milliseconds, percentile
from benchmarks.speed.systems import System, Talk
from benchmarks.usage import by_part
from tests.faults.traffic import TEXTS

# What people say before they have their answer or give up.
SHORT_TURNS = 5


@dataclass
class Timing:
    """Seconds of each answer, of the whole, and of the processors."""

    answers: list[float] = field(default_factory=list)
    elapsed: float = 0.0
    cpu: float = 0.0

    def __add__(self, other: "Timing") -> "Timing":
        """Put two together."""
        return Timing(
            self.answers + other.answers, self.elapsed + other.elapsed, self.cpu + other.cpu
        )

    def as_dict(self) -> dict[str, Any]:
        """Return messages a second, times in milliseconds, processor seconds for 1,000."""
        count = len(self.answers)
        return {
            "messages": count,
            "throughput": round(count / max(self.elapsed, 1e-9), 2),
            "p50": milliseconds(percentile(self.answers, 50)),
            "p95": milliseconds(percentile(self.answers, 95)),
            "cpu_per_1000": round(1000 * self.cpu / max(count, 1), 2),
        }


async def short_talks(system: System, client: Client, clients: int, messages: int) -> Timing:
    """Time `messages` in new conversations of five, opened before the clock starts."""
    count = max(clients, messages // SHORT_TURNS)
    talks = [await system.conversation(client) for _ in range(count)]
    return await timed(system, [[talk] * SHORT_TURNS for talk in talks], clients)


async def rounds(system: System, talks: Sequence[Talk], clients: int, turns: int) -> Timing:
    """Time `turns` turns of open conversations, all at about the same turn.

    Nobody is let in more than 60 messages a minute, so one conversation cannot be hurried.
    """
    return await timed(system, [[talk] for _ in range(turns) for talk in talks], clients)


async def timed(system: System, work: list[list[Talk]], clients: int) -> Timing:
    """Time lists of talks: each list is one client's, one after the other, in order."""
    queue, timing, chance = deque(work), Timing(), random.Random(7)

    async def one_client() -> None:
        while queue:
            for talk in queue.popleft():
                began = time.perf_counter()
                await talk(chance.choice(TEXTS))
                timing.answers.append(time.perf_counter() - began)

    before, began = _cpu(system), time.perf_counter()
    await asyncio.gather(*(one_client() for _ in range(clients)))
    timing.elapsed, timing.cpu = time.perf_counter() - began, _cpu(system) - before
    return timing


def _cpu(system: System) -> float:
    return by_part(system.pids())["all"].cpu_seconds
