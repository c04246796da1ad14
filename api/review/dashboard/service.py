"""Put the figures together."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from api.content.catalogue import Catalogue
from api.kit.clock import Clock
from api.kit.database import Database
from api.kit.errors import NotFound
from api.review.dashboard.figures import Share, Turn, asked_again, by_hour, handed_over, waits
from api.review.dashboard.repository import DashboardRepository
from api.review.dashboard.sheets import Row, Sheet, Sheets
from api.review.digests.repository import NOT_UNDERSTOOD
from api.review.naming import Naming

_TOKYO = ZoneInfo("Asia/Tokyo")
_PERIOD, _FRESH = timedelta(days=28), timedelta(seconds=30)


@dataclass(frozen=True)
class Dashboard:
    """All figures of four weeks; `charts` are drawn, `tables` are not."""

    headline: Mapping[str, Share]
    charts: Mapping[str, Sheet]
    tables: Mapping[str, Sheet]

    @property
    def busiest(self) -> int:
        """Return the messages of the busiest hour, at least one."""
        counts: list[int] = [n for row in self.tables["hours"].rows for n in row[1:]]
        return max(1, *counts)


class DashboardService:
    """The rules of the dashboard: "answered" is never a headline, it says nothing of use."""

    def __init__(
        self, database: Database, clock: Clock, names: Naming, catalogue: Catalogue
    ) -> None:
        self._database, self._clock = database, clock
        self._names, self._catalogue = names, catalogue
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
                self._kept = now, await self._counted(now)
            return self._kept[1]

    async def _counted(self, now: datetime) -> Dashboard:
        since = now - _PERIOD
        async with self._database.reading() as session:
            figures = DashboardRepository(session)
            turns = await figures.turns(since)
            shares = {
                "judged": await figures.judged(since),
                "solved": await figures.rated(since),
            }
            rated = await figures.answers_rated(since)
        return await asyncio.to_thread(self._put_together, turns, shares, rated, now)

    def _put_together(
        self,
        turns: Sequence[Turn],
        shares: Mapping[str, Share],
        rated: Sequence[Row],
        now: datetime,
    ) -> Dashboard:
        versions = {name: answer.version for name, answer in self._catalogue.answers.items()}
        sheets = Sheets(self._names, versions)
        headline = {**shares, "again": asked_again(turns), "handed": handed_over(turns)}
        tables = {
            "hours": sheets.hours(by_hour(turns)),
            "waits": sheets.waits(waits(turns)),
            "worst": sheets.worst(rated),
        }
        return Dashboard(headline, _charts(sheets, turns, now), tables)

    async def chart(self, name: str) -> Sheet:
        """Return what a chart is drawn from; raises NotFound."""
        return _named(name, (await self.dashboard()).charts)

    async def sheet(self, name: str) -> Sheet:
        """Return one table; raises NotFound."""
        shown = await self.dashboard()
        return _named(name, {**shown.charts, **shown.tables})


def _charts(sheets: Sheets, turns: Sequence[Turn], now: datetime) -> dict[str, Sheet]:
    period = ((now - _PERIOD).astimezone(_TOKYO).date(), now.astimezone(_TOKYO).date())
    missed = [turn for turn in turns if turn.topic in NOT_UNDERSTOOD]
    return {
        "days": sheets.days("days", turns, period),
        "missed": sheets.days("missed", missed, period),
        "topics": sheets.topics(turns),
        "channels": sheets.channels(turns),
    }


def _named(name: str, sheets: Mapping[str, Sheet]) -> Sheet:
    if name not in sheets:
        raise NotFound("sheet")
    return sheets[name]
