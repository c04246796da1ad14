"""Small sums over measurements, and where they come from."""

import os
import platform
import statistics
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]


def percentile(values: Sequence[float], share: int) -> float:
    """Return the `share`-th percentile, 0 for nothing."""
    if len(values) < 2:
        return float(values[0]) if values else 0.0
    return statistics.quantiles(values, n=100, method="inclusive")[share - 1]


def milliseconds(seconds: float) -> float:
    """Return seconds as milliseconds, with one decimal."""
    return round(1000 * seconds, 1)


def commit() -> str:
    """Return the commit of the tree, marked where files differ from it."""
    command = ["git", "describe", "--always", "--dirty", "--abbrev=7"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout.strip()


def today() -> str:
    """Return the day and minute of this moment in UTC."""
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M}Z"


def machine() -> dict[str, object]:
    """Return what of the machine decides how fast it is."""
    names = [
        line
        for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        if "model name" in line
    ]
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "cores": os.cpu_count(),
        "processor": names[0].partition(":")[2].strip() if names else platform.processor(),
        "memory_gb": round(pages / 2**30, 1),
        "system": f"{platform.system()} {platform.release().partition('-')[0]}",
        "load_before": round(os.getloadavg()[0], 2),
    }
