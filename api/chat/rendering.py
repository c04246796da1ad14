"""From answer ids and values to words. Pure: the moment comes in."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

from api.chat.engine.protocol import Spoken
from api.content.catalogue import Answer, Catalogue
from api.content.schemas import Entry, Timed

_TOKYO = ZoneInfo("Asia/Tokyo")
# What an answer begins with when it was just given.
AGAIN = "same_again"


@dataclass(frozen=True)
class Rendered:
    """One reply in words, before it has an id. `choices` are answer ids."""

    answer: Answer
    body: dict[str, Any]
    choices: tuple[str, ...]
    private: bool


def render(spoken: Spoken, catalogue: Catalogue, receipt: str, now: datetime) -> Rendered:
    """Return the words for `spoken`; raises KeyError for an answer the catalogue lacks."""
    answer = catalogue[spoken.answer]
    entry = answer.entry
    words = {**catalogue.facts, "receipt": receipt, **_moments(spoken.values, now)}
    text, details = _wording(spoken, entry, now)
    if spoken.again:
        text, details = catalogue[AGAIN].entry.text, [text, *details]
    body = {
        "text": text.format_map(words),
        "details": [detail.format_map(words) for detail in details],
        "topics": [entry.topic],
        "links": [_link(catalogue, name) for name in entry.links],
        "source": _source(catalogue, entry.source),
    }
    return Rendered(answer, body, _choices(spoken, answer, catalogue), entry.private)


def _wording(spoken: Spoken, entry: Entry, now: datetime) -> tuple[str, list[str]]:
    """Return the first step and the details: easy ones, those of a state, or the plain ones."""
    if spoken.easy:
        return entry.easy.text, entry.easy.details
    text = entry.variants[str(spoken.values["state"])].text if entry.variants else entry.text
    return text, [*_true_now(entry.timed, now.astimezone(_TOKYO)), *entry.details]


def _true_now(timed: Iterable[Timed], there: datetime) -> Iterator[str]:
    clock = f"{there:%H:%M}"
    for each in timed:
        begin, end = each.between
        inside = begin <= clock < end if begin <= end else clock >= begin or clock < end
        if inside:
            yield each.text


def _choices(spoken: Spoken, answer: Answer, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the topics to offer: the engine's, where it named some, else the entry's."""
    named = [topic for topic in spoken.values.get("topics", ()) if topic in catalogue.answers]
    return tuple(named) or catalogue.choices(answer.id)


def _moments(values: Mapping[str, Any], now: datetime) -> dict[str, str]:
    """Return the time in Tokyo of `until` (ISO 8601) and the minutes left, if it is given."""
    if not values.get("until"):
        return {}
    until = datetime.fromisoformat(str(values["until"]))
    there = until.astimezone(_TOKYO)
    minutes = max(0, ceil((until - now).total_seconds() / 60))
    return {
        "until_hour": str(there.hour),
        "until_minute": f"{there.minute:02}",
        "minutes_left": str(minutes),
    }


def _link(catalogue: Catalogue, name: str) -> dict[str, str]:
    source = catalogue.sources[name]
    return {"label": source.title, "url": source.url}


def _source(catalogue: Catalogue, name: str | None) -> dict[str, str | None] | None:
    if name is None:
        return None
    source = catalogue.sources[name]
    live = source.verified_live_on
    return {
        "url": source.url,
        "source_date": source.source_date,
        "read_on": source.read_on.isoformat(),
        "verified_live_on": live.isoformat() if live else None,
    }
