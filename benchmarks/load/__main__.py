"""`make load`: put it under load, write benchmarks/load.md; exit code 1 if anything was lost."""

import argparse
import asyncio
import json
import sys
from typing import Any

from benchmarks.client import Client
from benchmarks.load import report
from benchmarks.load.bars import judged
from benchmarks.load.phases import PHASES, SHORT, Sizes
from benchmarks.stack import Whole


async def run(names: list[str], sizes: Sizes) -> dict[str, dict[str, Any]]:
    """Return the row of each load, all on one running bot."""
    rows = {}
    with Whole("load").running() as stack:
        for name in names:
            async with Client() as client:
                rows[name] = await PHASES[name](stack, client, sizes)
            print(name, json.dumps(rows[name]), flush=True)
    return rows


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=PHASES, action="append")
    parser.add_argument("--short", action="store_true", help="two minutes, counts only, no report")
    parser.add_argument("--steady-seconds", type=float, default=Sizes.steady)
    asked = parser.parse_args()
    sizes = SHORT if asked.short else Sizes(steady=asked.steady_seconds)
    rows = asyncio.run(run(asked.only or list(PHASES), sizes))
    if not asked.short:
        report.write(rows)
    broken = [(bar, figure) for bar, figure, kept in judged(rows) if not kept]
    for bar, figure in broken:
        print(f"not kept: {bar.load}: {bar.words}, measured {figure:g}")
    # A machine that tests share with others keeps counts, not times.
    return 1 if any(bar.strict or not asked.short for bar, _ in broken) else 0


if __name__ == "__main__":
    sys.exit(main())
