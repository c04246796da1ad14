"""The promises of the load are judged by the figures."""

from typing import Any

import pytest

from benchmarks.load.bars import BARS, judged
from benchmarks.usage import Usage, growth

GOOD: dict[str, Any] = {
    "errors": 0, "lost": 0, "silent": 0, "duplicated": 0, "drained_s": 3.0,
    "web_ms": {"p95": 900.0}, "platform_ms": {"p95": 1900.0}, "ack_ms": {"p95": 40.0},
    "rss_growth": {"all": 0.01}, "handles": [100, 101], "connections": [20, 19],
    "others_p95_ratio": 1.1, "streams_broken": 0,
}  # fmt: skip


def broken(load: str, **figures: Any) -> list[str]:
    return [bar.words for bar, _, kept in judged({load: {**GOOD, **figures}}) if not kept]


@pytest.mark.parametrize("load", sorted({bar.load for bar in BARS}))
def test_good_figures_keep_every_promise(load: str) -> None:
    assert broken(load) == []


def test_one_lost_message_breaks_a_promise() -> None:
    assert broken("burst", lost=1) == ["lost = 0"]


def test_slow_answers_on_a_platform_break_the_same_promise_as_on_the_website() -> None:
    slow = broken("steady", platform_ms={"p95": 2001.0}), broken("steady", web_ms={"p95": 2001.0})
    assert slow == (["reply p95 <= 2000 ms"], ["reply p95 <= 2000 ms"])


def test_a_burst_that_is_never_answered_is_not_drained() -> None:
    assert broken("burst", drained_s=-1.0) == ["drained <= 300 s"]


def test_handles_that_are_not_given_back_break_a_promise() -> None:
    assert broken("steady", handles=[100, 111]) == ["handles grow by fewer than 10"]


def test_growth_compares_the_last_fifth_with_the_third() -> None:
    sizes = [900, 950, 1000, 1000, 1000, 1000, 1010, 1020, 1030, 1030]
    samples = [{"rasa": Usage(rss=size)} for size in sizes]
    assert growth(samples, lambda each: each.rss)["rasa"] == pytest.approx(0.03)
