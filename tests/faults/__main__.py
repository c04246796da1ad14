"""`make faults`: break it, count, write benchmarks/faults.md; exit code 1 if anything was lost."""

import argparse
import asyncio
import contextlib
import random
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.faults import report
from tests.faults.checker import check
from tests.faults.faults import FAULTS, LONG
from tests.faults.stack import Stack
from tests.faults.traffic import Traffic

RATE, LIMIT_SECONDS = 5.0, 120.0
# Every kind of fault that needs no long wait. Rasa comes first: it is the slowest to come back.
SHORT = (
    "kill -9 Rasa", "kill -9 actions", "kill -9 accounts", "kill -9 api", "kill -9 worker",
    "duplicates x2-x5", "reordered", "20 minutes late", "clock +-6 min", "disk full",
    "platforms fail",
)  # fmt: skip
_BETWEEN_SECONDS = 1.0
MOST_DUPLICATED = 0.001


async def strike(stack: Stack, name: str, trials: int) -> dict[str, Any]:
    """Strike so often, with traffic of its own; return the row of the report."""
    return {"trials": trials, **await _struck(stack, [name] * trials, FAULTS[name][1])}


async def strike_once_each(stack: Stack) -> dict[str, Any]:
    """Strike with one fault after the other, whatever is still broken: one row for all."""
    return await _struck(stack, SHORT, _BETWEEN_SECONDS)


async def _struck(stack: Stack, names: Sequence[str], pause: float) -> dict[str, Any]:
    stack.wait_until_ready()
    traffic = Traffic(stack, RATE)
    await _warm_up(traffic)
    sending = asyncio.ensure_future(traffic.run(100_000))
    settled = []
    for name in names:
        await asyncio.sleep(random.uniform(0.2, 0.2 + pause))
        fault, _ = FAULTS[name]
        await fault(stack, traffic)
        if name in LONG:
            settled.append(await traffic.caught_up(LIMIT_SECONDS))
    sending.cancel()
    settled.append(await traffic.settled(LIMIT_SECONDS))
    row = check(stack, traffic.sent).as_dict()
    slowest = -1.0 if min(settled) < 0 else max(settled)
    return {**row, "settled_seconds": round(slowest, 1), **_acks(traffic.acks)}


def _acks(seconds: list[float]) -> dict[str, float]:
    """Return the 95th percentile and the slowest, in seconds."""
    ranked = sorted(seconds)
    return {
        "ack_p95": round(ranked[int(len(ranked) * 0.95)], 3),
        "slowest_ack": round(ranked[-1], 2),
    }


async def _warm_up(traffic: Traffic) -> None:
    """Let every part work once before anything is measured."""
    await traffic.run(1.5)
    if await traffic.settled(60) < 0:
        raise TimeoutError("the stack does not answer")
    traffic.acks.clear()


def is_good(row: dict[str, Any]) -> bool:
    """Say whether a row keeps the promises; a double is borne where the gateway counted it."""
    kept = row["lost"] == row["silent"] == row["out_of_order"] == 0
    return kept and row["duplicated"] <= row["doubtful"] and row["settled_seconds"] >= 0


def are_few(rows: Iterable[dict[str, Any]]) -> bool:
    """Say whether the doubles of all rows together are as few as promised."""
    counts = [(row["duplicated"], row["accepted"]) for row in rows]
    return sum(twice for twice, _ in counts) <= MOST_DUPLICATED * sum(all_ for _, all_ in counts)


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
    with _folder(wanted.keep) as folder, Stack(folder) as stack:
        if wanted.short:
            return 0 if _told("once each", asyncio.run(strike_once_each(stack))) else 1
        rows = [_reported(stack, name, wanted.trials) for name in wanted.only or FAULTS]
    # One name alone strikes too seldom for a share.
    return 0 if all(map(is_good, rows)) and (wanted.only or are_few(rows)) else 1


def _reported(stack: Stack, name: str, trials: int) -> dict[str, Any]:
    row = asyncio.run(strike(stack, name, trials))
    _told(name, row)
    report.write({name: row}, RATE)
    return row


def _told(name: str, row: dict[str, Any]) -> bool:
    """Print a row; say whether it keeps the promises."""
    print(f"{time.strftime('%H:%M:%S')} {name}: {row}", flush=True)
    return is_good(row)


if __name__ == "__main__":
    sys.exit(main())
