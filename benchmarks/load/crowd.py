"""Many people at a steady rate, each in turn."""

import asyncio
import random
import time
from collections.abc import Sequence

from benchmarks.client import Client
from benchmarks.load.people import InSlack, OnLine, Person, Said, Visitor
from benchmarks.stack import Whole
from tests.faults.traffic import TEXTS

# Of a hundred conversations.
ON_LINE, IN_SLACK = 20, 10
_AT_ONCE = 8


async def gather_people(client: Client, stack: Whole, count: int) -> list[Person]:
    """Return `count` people with open conversations, 70/20/10 on website, LINE and Slack, mixed."""
    line, slack = count * ON_LINE // 100, count * IN_SLACK // 100
    people: list[Person] = [OnLine(client, stack) for _ in range(line)]
    people += [InSlack(client, stack) for _ in range(slack)]
    people += await visitors(client, stack.url, count - line - slack)
    random.Random(1).shuffle(people)
    return people


async def visitors(client: Client, base: str, count: int) -> list[Visitor]:
    """Return people on the website, their conversations opened."""
    doors = asyncio.Semaphore(_AT_ONCE)

    async def arrive() -> Visitor:
        async with doors:
            return await Visitor(client, base).open()

    return list(await asyncio.gather(*(arrive() for _ in range(count))))


class Crowd:
    """Says things at `rate` a second, whoever's turn it is."""

    def __init__(self, people: Sequence[Person], *, wait: bool = True, seed: int = 1) -> None:
        self._people, self._wait, self._random = people, wait, random.Random(seed)
        self._turn = 0
        self.said: list[Said] = []

    async def talk(self, rate: float, seconds: float) -> list[Said]:
        """Talk for so long at random moments; return what was said once every request ended."""
        said: list[asyncio.Task[Said]] = []
        began = due = time.monotonic()
        while (due := due + self._random.expovariate(rate)) - began < seconds:
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            person = self._people[self._turn % len(self._people)]
            self._turn += 1
            text = self._random.choice(TEXTS)
            said.append(asyncio.ensure_future(person.say(text, wait=self._wait)))
        done = list(await asyncio.gather(*said))
        self.said += done
        return done
