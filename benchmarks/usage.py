"""What the processes of a system take: memory, processor time, handles, connections."""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import psutil

# What stands in a command line, and what the process is called in the reports.
_KINDS = (
    ("rasa run", "rasa"),
    ("-m actions", "actions"),
    ("-m api.accounts", "accounts"),
    ("-m api", "gateway"),
    ("postgres", "postgres"),
)
_SUPERVISION, _GATEWAY, _WORKER = "supervision", "gateway", "worker"


@dataclass(frozen=True)
class Usage:
    """Sums over some processes; `rss` in megabytes."""

    rss: float = 0.0
    cpu_seconds: float = 0.0
    handles: int = 0
    connections: int = 0
    threads: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        """Add up, field by field."""
        mine, others = vars(self), vars(other)
        return Usage(**{name: mine[name] + others[name] for name in mine})


def family(pid: int) -> list[psutil.Process]:
    """Return a process and all that it started."""
    parent = psutil.Process(pid)
    return [parent, *parent.children(recursive=True)]


def kind(process: psutil.Process) -> str:
    """Say which part of the bot a process is."""
    command = " ".join(process.cmdline())
    if "tools.filtered" in command or "tools.up" in command:
        return _SUPERVISION
    found = next((name for sign, name in _KINDS if sign in command), _SUPERVISION)
    if found == _GATEWAY and process.environ().get("HELPBOT_WORKER") == "on":
        return _WORKER
    return found


def usage(process: psutil.Process) -> Usage:
    """Return what one process takes now."""
    with process.oneshot():
        times = process.cpu_times()
        return Usage(
            process.memory_info().rss / 2**20,
            times.user + times.system,
            process.num_fds(),
            len(process.net_connections(kind="inet")),
            process.num_threads(),
        )


def by_part(pids: Sequence[int]) -> dict[str, Usage]:
    """Return the usage of each part, and of `all` of them together."""
    found: dict[str, Usage] = {}
    for pid in pids:
        for process in family(pid):
            # PostgreSQL's helpers come and go.
            with contextlib.suppress(psutil.NoSuchProcess):
                one = usage(process)
                for name in (kind(process), "all"):
                    found[name] = found.get(name, Usage()) + one
    return found


def growth(samples: Sequence[dict[str, Usage]], of: Callable[[Usage], Any]) -> dict[str, float]:
    """Return by part how much the last fifth of the samples lies over the third, as a share."""
    fifth = max(1, len(samples) // 5)
    middle, last = samples[2 * fifth : 3 * fifth] or samples[:1], samples[-fifth:]
    return {
        part: _mean([of(each[part]) for each in last if part in each])
        / max(1e-9, _mean([of(each[part]) for each in middle if part in each]))
        - 1
        for part in samples[-1]
    }


def _mean(values: Sequence[float]) -> float:
    return sum(values) / max(1, len(values))
