"""Where the time of a turn goes: `.venv-api/bin/python -m benchmarks.turn`.

One client talks with the running bot; what the gateway noted of each turn is put beside what the
client saw. What happens inside Rasa is measured by benchmarks/turn_in_rasa.py.
"""

import argparse
import asyncio
import json
import statistics
import time

from benchmarks.client import Client
from benchmarks.figures import milliseconds
from benchmarks.load.crowd import visitors
from benchmarks.stack import Whole
from tests.faults.traffic import TEXTS

_STEPS = (
    "select waited_ms, engine_ms, written_ms, "
    "(julianday(o.delivered_at) - julianday(i.answered_at)) * 86400000 "
    "from turn_details d join inbox i on i.id = d.message_id "
    "join outbox o on o.message_id = i.id"
)
_NAMES = (
    "accepted until taken by a worker", "Rasa, with the way there", "compose, render, write",
    "committed until delivered",
)  # fmt: skip


async def talk(stack: Whole, messages: int) -> dict[str, float]:
    """Return the median milliseconds of a request that waits, and of one that does not."""
    async with Client() as client:
        people = await visitors(client, stack.url, max(1, messages // 20))
        waited, accepted = [], []
        for place in range(messages):
            person, text = people[place % len(people)], TEXTS[place % len(TEXTS)]
            began = time.perf_counter()
            await person.ask(text)
            waited.append(time.perf_counter() - began)
        for place in range(messages // 4):
            accepted.append((await people[place % len(people)].say(TEXTS[0], wait=False)).ack)
            await asyncio.sleep(0.3)
    return {
        "client, until answered": milliseconds(statistics.median(waited)),
        "client, until accepted": milliseconds(statistics.median(accepted)),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=200)
    asked = parser.parse_args()
    with Whole("turn").running() as stack:
        found = asyncio.run(talk(stack, asked.messages))
        time.sleep(2)
        rows = stack.rows(_STEPS)[: asked.messages]
    columns = zip(*rows, strict=True)
    steps = {
        name: round(statistics.median(float(str(each)) for each in column), 1)
        for name, column in zip(_NAMES, columns, strict=True)
    }
    print(json.dumps({**found, **steps}, indent=2))


if __name__ == "__main__":
    main()
