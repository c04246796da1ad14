"""Count. Pure: rows come in, figures go out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import sqrt
from zoneinfo import ZoneInfo

_TOKYO = ZoneInfo("Asia/Tokyo")
_AGAIN = timedelta(hours=24)
# The 97.5 % point of the normal distribution, for intervals of 95 %.
_Z = 1.959964


@dataclass(frozen=True)
class Turn:
    """One answered message."""

    conversation: str
    channel: str
    topic: str | None
    outcome: str | None
    received: datetime
    answered: datetime | None


@dataclass(frozen=True)
class Share:
    """`part` of `whole`, with the 95 % interval of E. B. Wilson (1927)."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """The share, None where nothing was counted."""
        return self.part / self.whole if self.whole else None

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper bound."""
        if not self.whole:
            return 0.0, 1.0
        share, n = self.part / self.whole, self.whole
        middle = share + _Z**2 / (2 * n)
        spread = _Z * sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
        below = 1 + _Z**2 / n
        return max(0.0, (middle - spread) / below), min(1.0, (middle + spread) / below)


def asked_again(turns: Sequence[Turn]) -> Share:
    """Return the conversations in which one topic came up again within 24 hours."""
    last: dict[tuple[str, str], datetime] = {}
    again: set[str] = set()
    for turn in sorted(turns, key=lambda each: each.received):
        key = (turn.conversation, turn.topic or "")
        if turn.topic and key in last and turn.received - last[key] <= _AGAIN:
            again.add(turn.conversation)
        last[key] = turn.received
    return Share(len(again), len({turn.conversation for turn in turns}))


def handed_over(turns: Iterable[Turn]) -> Share:
    """Return the conversations that went to a person."""
    every = {turn.conversation: False for turn in turns}
    for turn in turns:
        every[turn.conversation] |= turn.outcome == "handed_over"
    return Share(sum(every.values()), len(every))


def by_day(turns: Iterable[Turn], first: date, last: date) -> list[tuple[date, int]]:
    """Return messages a day in Tokyo; a day on which nobody wrote has none."""
    every = [first + timedelta(days=place) for place in range((last - first).days + 1)]
    days = Counter(turn.received.astimezone(_TOKYO).date() for turn in turns)
    # What was answered in the period may have come the day before it.
    return sorted({**dict.fromkeys(every, 0), **days}.items())


def by_hour(turns: Iterable[Turn]) -> dict[tuple[int, int], int]:
    """Return (weekday, hour) in Tokyo -> messages; Monday is 0."""
    moments = (turn.received.astimezone(_TOKYO) for turn in turns)
    return Counter((moment.weekday(), moment.hour) for moment in moments)


def waits(turns: Iterable[Turn]) -> tuple[float, float]:
    """Return the middle wait and the one that 5 % exceed, in seconds."""
    spans = sorted(
        (turn.answered - turn.received).total_seconds() for turn in turns if turn.answered
    )
    if not spans:
        return 0.0, 0.0
    return spans[(len(spans) - 1) // 2], spans[min(len(spans) - 1, int(len(spans) * 0.95))]
