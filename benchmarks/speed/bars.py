"""What is promised, and whether the figures keep it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

# Phase -> system -> figures.
Figures = dict[str, dict[str, dict[str, Any]]]
_MOST_MB, _MOST_GROWTH = 1434, 0.03


@dataclass(frozen=True)
class Bar:
    """A promise: its phase, its words, the figure, and whether a figure keeps it."""

    phase: str
    words: str
    figure: Callable[[dict[str, dict[str, Any]]], float]
    kept: Callable[[float], bool]


def _over_bare(kind: str, clients: str) -> Callable[[dict[str, dict[str, Any]]], float]:
    return lambda by: float(round(by["ours"][clients][kind] / by["bare_rasa"][clients][kind], 3))


def _added_p50(by: dict[str, dict[str, Any]]) -> float:
    return float(round(by["ours"]["1"]["p50"] - by["bare_rasa"]["1"]["p50"], 1))


BARS = (
    *(
        Bar("short", f"throughput >= 0.95 x bare Rasa, short, {n} clients",
            _over_bare("throughput", n), lambda value: value >= 0.95)
        for n in ("1", "8", "32")
    ),
    *(
        Bar("long", f"throughput >= 1.5 x bare Rasa, 100 turns, {n} clients",
            _over_bare("throughput", n), lambda value: value >= 1.5)
        for n in ("1", "8", "32")
    ),
    Bar("short", "p50 added at one client <= 8 ms", _added_p50, lambda value: value <= 8),
    Bar("turns", "turn 300 <= 1.5 x turn 10", lambda by: by["ours"]["ratio"],
        lambda value: value <= 1.5),
    Bar("acks", "webhook ack p95 <= 50 ms at 10 messages/s", lambda by: by["ours"]["ack_p95"],
        lambda value: value <= 50),
    Bar("start", "gateway accepts 5 s after its start", lambda by: by["ours"]["gateway"],
        lambda value: value <= 5),
    Bar("start", "ready <= 40 s", lambda by: by["ours"]["ready"], lambda value: value <= 40),
    Bar("memory", "all processes <= 1.4 GB after 10,000 messages (MB)",
        lambda by: by["ours"]["after_mb"]["all"], lambda value: value <= _MOST_MB),
    Bar("memory", "growth over the last 5,000 < 3 %",
        lambda by: by["ours"]["growth_second_half"]["all"], lambda value: value < _MOST_GROWTH),
)  # fmt: skip


def judged(figures: Figures) -> Iterator[tuple[str, float, bool]]:
    """Yield words, figure and whether it was kept, for each phase that was measured."""
    for bar in BARS:
        if bar.phase in figures:
            value = bar.figure(figures[bar.phase])
            yield bar.words, value, bar.kept(value)
