"""Put the figures together."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from api.kit.clock import Clock
from api.kit.database import Database
from api.kit.errors import NotFound
from api.review.dashboard.figures import (
    Share,
    Turn,
    asked_again,
    by_day,
    by_hour,
    handed_over,
    waits,
)
from api.review.dashboard.repository import DashboardRepository
from api.review.digests.repository import NOT_UNDERSTOOD

_PERIOD, _FRESH = timedelta(days=28), timedelta(seconds=30)
_MOST_TOPICS = 15
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Sheet:
    """One chart with the table behind it; the first column is the label."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Row]


@dataclass(frozen=True)
class Dashboard:
    """All figures of four weeks."""

    headline: Mapping[str, Share]
    sheets: Mapping[str, Sheet]
    hours: Mapping[tuple[int, int], int]
    waits: tuple[float, float]
    worst: Sequence[Row]


class DashboardService:
    """The rules of the dashboard: "answered" is never a headline, it says nothing of use."""

    def __init__(
        self, database: Database, clock: Clock, words: Mapping[str, str], titles: Mapping[str, str]
    ) -> None:
        self._database, self._clock = database, clock
        self._words, self._titles = words, titles
        self._counting = asyncio.Lock()
        self._kept: tuple[datetime, Dashboard] | None = None

    async def dashboard(self) -> Dashboard:
        """Return the figures of the last four weeks, counted less than half a minute ago.

        A page and its charts ask for the same; counting a month anew for each would keep the
        people who chat waiting.
        """
        async with self._counting:
            now = self._clock()
            if self._kept is None or not timedelta() <= now - self._kept[0] < _FRESH:
                self._kept = now, await self._counted(now - _PERIOD)
            return self._kept[1]

    async def _counted(self, since: datetime) -> Dashboard:
        async with self._database.reading() as session:
            figures = DashboardRepository(session)
            turns = await figures.turns(since)
            judged, rated = await figures.judged(since), await figures.rated(since)
            worst = [(self._title(row[0]), *row[1:]) for row in await figures.worst(since)]
        return await asyncio.to_thread(self._put_together, turns, judged, rated, worst)

    def _put_together(
        self, turns: Sequence[Turn], judged: Share, rated: Share, worst: Sequence[Row]
    ) -> Dashboard:
        missed = [turn for turn in turns if turn.topic in NOT_UNDERSTOOD]
        topics = Counter(turn.topic for turn in turns if turn.topic).most_common(_MOST_TOPICS)
        channels = sorted(Counter(turn.channel for turn in turns).items())
        sheets = {
            "days": self._sheet("days", by_day(turns)),
            "missed": self._sheet("missed", by_day(missed)),
            "topics": self._sheet("topics", [(self._title(name), n) for name, n in topics]),
            "channels": self._sheet(
                "channels", [(self._words[f"channel_{name}"], n) for name, n in channels]
            ),
        }
        headline = {
            "judged": judged,
            "solved": rated,
            "again": asked_again(turns),
            "handed": handed_over(turns),
        }
        return Dashboard(headline, sheets, by_hour(turns), waits(turns), worst)

    async def sheet(self, name: str) -> Sheet:
        """Return one chart's table; raises NotFound."""
        sheets = (await self.dashboard()).sheets
        if name not in sheets:
            raise NotFound("sheet")
        return sheets[name]

    def _sheet(self, name: str, rows: Sequence[Row]) -> Sheet:
        words = self._words
        return Sheet(words[f"sheet_{name}"], (words[f"label_{name}"], words["label_count"]), rows)

    def _title(self, topic: str) -> str:
        return self._titles.get(topic) or self._words.get(f"topic_{topic}", topic)
