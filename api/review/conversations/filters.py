"""What the list is narrowed to. Everything stands in the address, so that it can be passed on."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import Query

_TOKYO = ZoneInfo("Asia/Tokyo")
LOW_CONFIDENCE = 0.6
_FIELDS = ("q", "channel", "since", "until", "topic", "sure", "fallback", "unresolved", "feedback",
           "tag", "reviewer", "reviewed", "handed")  # fmt: skip


@dataclass(frozen=True)
class Filters:
    """The fields as they stand in the address; empty means: no matter."""

    q: Annotated[str, Query(max_length=200)] = ""
    channel: str = ""
    since: str = ""
    until: str = ""
    topic: str = ""
    sure: str = ""
    fallback: str = ""
    unresolved: str = ""
    feedback: str = ""
    tag: str = ""
    reviewer: str = ""
    reviewed: str = ""
    handed: str = ""
    before: str = ""

    def address(self, **other: str) -> str:
        """Return the query string of these filters with some fields changed."""
        values = {name: getattr(self, name) for name in _FIELDS} | other
        return urlencode({name: value for name, value in values.items() if value})

    def begin(self) -> datetime | None:
        """Return the first moment of the day `since` in Tokyo."""
        return _midnight(self.since)

    def end(self) -> datetime | None:
        """Return the first moment after the day `until` in Tokyo."""
        first = _midnight(self.until)
        return first + timedelta(days=1) if first else None

    def fallbacks(self) -> int:
        """Return how often the bot must at least have asked back or declined."""
        return int(self.fallback) if self.fallback.isdecimal() else 0

    def cursor(self) -> tuple[datetime, str] | None:
        """Return where the page before ended."""
        moment, _, conversation = self.before.partition("~")
        try:
            return (datetime.fromisoformat(moment), conversation) if conversation else None
        except ValueError:
            return None


def _midnight(day: str) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(day), time(), _TOKYO)
    except ValueError:
        return None
