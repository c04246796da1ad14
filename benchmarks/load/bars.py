"""What is promised, and whether a run kept it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]
_MOST_GROWTH, _FEW = 0.03, 10
_COUNTED = ("errors", "lost", "silent", "duplicated")


@dataclass(frozen=True)
class Bar:
    """A promise: its load, its words, the figure, the most it may be.

    `strict` ones hold on any machine, however busy with other things.
    """

    load: str
    words: str
    figure: Callable[[Row], float]
    most: float
    strict: bool = False


def _count(name: str) -> Callable[[Row], float]:
    return lambda row: float(row[name])


def _grown(name: str) -> Callable[[Row], float]:
    return lambda row: float(row[name][1] - row[name][0])


def _reply_p95(row: Row) -> float:
    return float(max(row["web_ms"]["p95"], row["platform_ms"]["p95"]))


def _drained(row: Row) -> float:
    """Return the seconds; -1 stands for never."""
    return float(row["drained_s"]) if row["drained_s"] >= 0 else float("inf")


def _ack_p95(row: Row) -> float:
    return float(row["ack_ms"]["p95"])


def _growth(row: Row) -> float:
    return float(row["rss_growth"]["all"])


BARS: tuple[Bar, ...] = (
    *(
        Bar(load, f"{name} = 0", _count(name), 0, strict=True)
        for load in ("steady", "burst", "flood", "listening")
        for name in _COUNTED
    ),
    Bar("steady", "reply p95 <= 2000 ms", _reply_p95, 2000),
    Bar("steady", "webhook ack p95 <= 50 ms", _ack_p95, 50),
    Bar("steady", "memory of all processes grows < 3 %", _growth, _MOST_GROWTH),
    Bar("steady", "handles grow by fewer than 10", _grown("handles"), _FEW),
    Bar("steady", "connections grow by fewer than 10", _grown("connections"), _FEW),
    Bar("burst", "drained <= 300 s", _drained, 300, strict=True),
    Bar("flood", "others' p95 within 20 %", _count("others_p95_ratio"), 1.2),
    Bar("listening", "no stream broke", _count("streams_broken"), 0, strict=True),
    Bar("listening", "others' p95 within 20 %", _count("others_p95_ratio"), 1.2),
)


def judged(rows: dict[str, Row]) -> list[tuple[Bar, float, bool]]:
    """Return each promise about a load that was run, the figure, and whether it was kept."""
    found = [(bar, bar.figure(rows[bar.load])) for bar in BARS if bar.load in rows]
    return [(bar, figure, figure <= bar.most) for bar, figure in found]
