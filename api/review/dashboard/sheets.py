"""The tables of the dashboard, in the words of the pages. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.review.dashboard.figures import Turn, by_day
from api.review.naming import Naming

_MOST_TOPICS, _MOST_WORST = 15, 10
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Sheet:
    """One table, as the page, Excel and a chart have it; the first column is the label."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Row]


class Sheets:
    """Makes tables from figures. `versions` are those of the words people read now."""

    def __init__(self, names: Naming, versions: Mapping[str, str]) -> None:
        self._names, self._versions = names, versions

    def days(self, name: str, turns: Iterable[Turn], period: tuple[date, date]) -> Sheet:
        """Return messages a day, none left out."""
        rows = [(f"{day:%Y/%m/%d}", count) for day, count in by_day(turns, *period)]
        return self._sheet(name, (name, "count"), rows)

    def topics(self, turns: Iterable[Turn]) -> Sheet:
        """Return the topics that came up most."""
        counted = Counter(turn.topic for turn in turns if turn.topic).most_common(_MOST_TOPICS)
        rows = [(self._names.topic(topic), count) for topic, count in counted]
        return self._sheet("topics", ("topics", "count"), rows)

    def channels(self, turns: Iterable[Turn]) -> Sheet:
        """Return messages a channel."""
        counted = sorted(Counter(turn.channel for turn in turns).items())
        rows = [(self._names.word("channel", channel), count) for channel, count in counted]
        return self._sheet("channels", ("channels", "count"), rows)

    def hours(self, counted: Mapping[tuple[int, int], int]) -> Sheet:
        """Return a row a weekday, a column an hour."""
        weekdays, hour = self._names.word("label", "weekdays"), self._names.word("label", "hour")
        rows = [
            (weekdays[day], *(counted.get((day, each), 0) for each in range(24)))
            for day in range(7)
        ]
        title = self._names.word("sheet", "hours")
        columns = [self._names.word("label", "weekday"), *(f"{each}{hour}" for each in range(24))]
        return Sheet(title, columns, rows)

    def waits(self, spans: tuple[float, float]) -> Sheet:
        """Return how long answers took, in seconds."""
        labels = (self._names.word("label", each) for each in ("middle", "slow"))
        rows = [(label, round(span, 1)) for label, span in zip(labels, spans, strict=True)]
        return self._sheet("waits", ("waits", "seconds"), rows)

    def worst(self, rated: Iterable[Row]) -> Sheet:
        """Return the answers that helped least, from (answer, version, bad, rated)."""
        bad: Counter[tuple[str, bool]] = Counter()
        every: Counter[tuple[str, bool]] = Counter()
        for answer, version, unsolved, count in rated:
            # All earlier words are one: which of them it was, nobody can read off a version.
            key = (answer, self._versions.get(answer) == version)
            bad[key] += unsolved
            every[key] += count
        worst = [each for each in bad.most_common(_MOST_WORST) if each[1]]
        rows = [
            (self._names.topic(key[0]), self._words_of(now=key[1]), count, every[key])
            for key, count in worst
        ]
        return self._sheet("worst", ("answer", "words", "unsolved", "rated"), rows)

    def _words_of(self, *, now: bool) -> str:
        return self._names.word("label", "words_now" if now else "words_before")

    def _sheet(self, name: str, columns: Sequence[str], rows: Sequence[Row]) -> Sheet:
        labels = [self._names.word("label", column) for column in columns]
        return Sheet(self._names.word("sheet", name), labels, rows)
