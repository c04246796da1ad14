"""When the help desk answers the telephone: weekdays and times, but for holidays."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

import holidays

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_FORM = re.compile(r"(\w{3})-(\w{3}) (\d\d:\d\d)-(\d\d:\d\d)")
# Government offices rest from 29 December to 3 January (行政機関の休日に関する法律, article 1).
_YEAR_END = {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}


class OpeningHours:
    """One span of time on the same days of each week. All moments are in Tokyo's time."""

    def __init__(self, form: str) -> None:
        """Read e.g. "Mon-Fri 09:30-18:00"; raises ValueError for anything else."""
        parts = _FORM.fullmatch(form)
        if parts is None or not {parts[1], parts[2]} <= set(_DAYS):
            raise ValueError('opening hours look like "Mon-Fri 09:30-18:00"')
        self._days = range(_DAYS.index(parts[1]), _DAYS.index(parts[2]) + 1)
        self._opens, self._closes = time.fromisoformat(parts[3]), time.fromisoformat(parts[4])
        if not self._days or self._opens >= self._closes:
            raise ValueError("opening hours end before they begin")
        self._holidays = holidays.country_holidays("JP")

    def is_open(self, there: datetime) -> bool:
        """Say whether somebody answers at that moment."""
        return self._works(there.date()) and self._opens <= there.time() < self._closes

    def next_opening(self, there: datetime) -> datetime:
        """Return the next moment at which the telephone begins to be answered."""
        day = there.date() + timedelta(days=there.time() >= self._opens)
        while not self._works(day):
            day += timedelta(days=1)
        return datetime.combine(day, self._opens, there.tzinfo)

    def sentence(self, there: datetime, words: Mapping[str, str]) -> str:
        """Return the sentence for this moment: until when, or when next."""
        if self.is_open(there):
            return words["helpdesk_is_open"].format(hour=_clock(self._closes, words))
        return words["helpdesk_is_closed"].format(**self._opening(there, words))

    def next(self, there: datetime, words: Mapping[str, str]) -> str:
        """Return the day and hour of the next opening."""
        return words["helpdesk_next"].format(**self._opening(there, words))

    def _opening(self, there: datetime, words: Mapping[str, str]) -> dict[str, object]:
        opening = self.next_opening(there)
        return dict(
            month=opening.month,
            day=opening.day,
            weekday=words["weekdays"][opening.weekday()],
            hour=_clock(self._opens, words),
        )

    def _works(self, day: date) -> bool:
        rests = day in self._holidays or (day.month, day.day) in _YEAR_END
        return day.weekday() in self._days and not rests


def _clock(moment: time, words: Mapping[str, str]) -> str:
    form = words["clock_minutes"] if moment.minute else words["clock_hour"]
    return form.format(hour=moment.hour, minute=moment.minute)
