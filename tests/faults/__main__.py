"""`make faults`: break it, count, write benchmarks/faults.md; exit code 1 if anything was lost."""

import argparse
import asyncio
import contextlib
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.faults import report
from tests.faults.checker import check
from tests.faults.faults import FAULTS
from tests.faults.stack import Stack
from tests.faults.traffic import Traffic

RATE, LIMIT_SECONDS = 5.0, 120.0
# Every kind of fault that needs no long wait, once each.
SHORT = (
    "kill -9 api", "kill -9 worker", "kill -9 Rasa", "duplicates x2-x5", "reordered",
    "20 minutes late", "clock +-6 min", "disk full", "platforms fail",
)  # fmt: skip
MOST_DUPLICATED = 0.001


async def strike(stack: Stack, name: str, trials: int) -> dict[str, Any]:
    """Strike so often, with traffic of its own; return the row of the report."""
    fault, pause = FAULTS[name]
    stack.wait_until_ready()
    traffic = Traffic(stack, RATE)
    await _warm_up(traffic)
    sending = asyncio.ensure_future(traffic.run(100_000))
    for _ in range(trials):
        await asyncio.sleep(random.uniform(0.2, 0.2 + pause))
        await fault(stack, traffic)
    sending.cancel()
    settled = await traffic.settled(LIMIT_SECONDS)
    row = check(stack, traffic.sent).as_dict()
    times = {"settled_seconds": round(settled, 1), "slowest_ack": round(traffic.slowest_ack, 2)}
    return {"trials": trials, **row, **times}


async def _warm_up(traffic: Traffic) -> None:
    """Let every part work once before anything is measured."""
    await traffic.run(1.5)
    if await traffic.settled(60) < 0:
        raise TimeoutError("the stack does not answer")
    traffic.slowest_ack = 0.0


def is_good(row: dict[str, Any]) -> bool:
    """Say whether a row keeps the promises."""
    kept = row["lost"] == row["silent"] == row["out_of_order"] == 0
    few = row["duplicated"] <= max(row["doubtful"], MOST_DUPLICATED * row["accepted"])
    return kept and few and row["settled_seconds"] >= 0


@contextlib.contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    """Yield a folder for what the processes write; gone afterwards unless somebody wants it."""
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        yield Path(folder)


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=FAULTS, action="append")
    parser.add_argument("--trials", type=int, default=20)
    parser.add_argument("--short", action="store_true", help="once each, no report")
    parser.add_argument("--keep", type=Path, help="folder for logs and databases, kept")
    wanted = parser.parse_args()
    good = True
    with _folder(wanted.keep) as folder, Stack(folder) as stack:
        for name in wanted.only or (SHORT if wanted.short else FAULTS):
            began = time.monotonic()
            row = asyncio.run(strike(stack, name, 1 if wanted.short else wanted.trials))
            good &= is_good(row)
            print(f"{name}: {row} in {time.monotonic() - began:.0f} s", flush=True)
            if not wanted.short:
                report.write({name: row}, RATE)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
