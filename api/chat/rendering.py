"""From answer ids and values to words. Pure: the moment comes in."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

from api.chat.engine.protocol import Spoken
from api.content.catalogue import FEW_CHOICES, SOMETHING_ELSE, Answer, Catalogue
from api.content.hours import OpeningHours
from api.content.schemas import Entry, Option, Timed, Wording

_TOKYO = ZoneInfo("Asia/Tokyo")
# Answers whose words go into other answers: said before, past its review, also in English.
AGAIN, OVERDUE, ENGLISH = "same_again", "review_overdue", "english_note"


@dataclass(frozen=True)
class Button:
    """A choice before it has an id; `payload` is what tapping it means."""

    label: str
    topic: str
    payload: dict[str, Any]


@dataclass(frozen=True)
class Rendered:
    """One reply in words, before it has an id."""

    answer: Answer
    body: dict[str, Any]
    choices: tuple[Button, ...]
    private: bool


class Renderer:
    """Knows the words and the help desk's hours."""

    def __init__(self, catalogue: Catalogue, hours: OpeningHours) -> None:
        self._catalogue, self._hours = catalogue, hours

    def render(self, spoken: Spoken, receipt: str, now: datetime) -> Rendered:
        """Return the words for `spoken`; raises KeyError for an answer the catalogue lacks."""
        catalogue, there = self._catalogue, now.astimezone(_TOKYO)
        answer = catalogue[spoken.answer]
        entry = answer.entry
        words = {**self.always(now), "receipt": receipt, **_moments(spoken.values, now)}
        words["notice"] = str(spoken.values.get("notice", ""))
        words["ahead"] = str(spoken.values.get("ahead", 0))
        if spoken.values.get("sample") is False:
            words["sample"] = ""
        text, details = self._wording(spoken, entry, there)
        body: dict[str, Any] = {
            "text": text.format_map(words),
            "details": [detail.format_map(words) for detail in details],
            "topics": [spoken.topic or entry.topic],
            "links": [_link(catalogue, name) for name in entry.links],
            "source": _source(catalogue, entry.source),
        }
        if easy := self._easy(spoken, entry):
            body["easy"] = {
                "text": easy.text.format_map(words),
                "details": [detail.format_map(words) for detail in easy.details],
            }
        if entry.memo:
            body["memo"] = True
        if entry.table:
            body["table"] = entry.table.model_dump(include={"caption", "columns", "rows"})
        return Rendered(answer, body, self._choices(spoken, answer, there), entry.private)

    def always(self, now: datetime) -> dict[str, str]:
        """Return what fills the gaps that need no turn: the facts, and the help desk's hours."""
        facts, there = self._catalogue.facts, now.astimezone(_TOKYO)
        hours = {
            "helpdesk_now": self._hours.sentence(there, facts),
            "helpdesk_next": self._hours.next(there, facts),
        }
        return {**facts, **hours}

    def _wording(self, spoken: Spoken, entry: Entry, there: datetime) -> tuple[str, list[str]]:
        """Return the first step and what unfolds below it."""
        if spoken.easy:
            text, details = entry.easy.text, [*entry.easy.details]
        else:
            is_open = self._hours.is_open(there)
            text, details = _first_step(spoken, entry, is_open), [*_true_now(entry.timed, there)]
            details += _of_variant(spoken, entry)
            details += [entry.table.in_lines()] if entry.table and not entry.private else []
            details += entry.details
        if spoken.again:
            text, details = self._words_of(AGAIN), [text, *details]
        if spoken.english:
            details.insert(0, entry.english or self._words_of(ENGLISH))
        if entry.source and entry.review_by < there.date():
            details.append(self._words_of(OVERDUE))
        return text, details

    def _easy(self, spoken: Spoken, entry: Entry) -> Wording | None:
        """Return the easy words beside the usual ones; none where a state decides the words."""
        if entry.variants or entry.private or spoken.easy:
            return None
        return self._catalogue[AGAIN].entry.easy if spoken.again else entry.easy

    def _words_of(self, answer_id: str) -> str:
        return self._catalogue[answer_id].entry.text

    def _choices(self, spoken: Spoken, answer: Answer, there: datetime) -> tuple[Button, ...]:
        """Return what to offer: a question's options, what the engine names, else the entry's."""
        entry = answer.entry
        if entry.options:
            return tuple(self._option(each, entry.topic) for each in entry.options)
        named = [
            each for each in spoken.values.get("topics", ()) if each in self._catalogue.answers
        ]
        by_hour = entry.when_open if self._hours.is_open(there) else entry.when_closed
        offered = named or [*by_hour, *self._catalogue.choices(answer.id)]
        # What the engine names are the runners-up themselves.
        also = [] if named else [each for each in spoken.also if each != answer.id]
        own = [each for each in dict.fromkeys(offered) if each not in also]
        fresh = [each for each in own if each not in spoken.heard_before] or own
        # Only a list that is meant as one is longer.
        most = max(FEW_CHOICES, len(self._catalogue.choices(answer.id)))
        kept = own if named else _first(fresh, max(1, most - len(also)))
        return tuple(self._button(each) for each in (*kept, *also))

    def _option(self, option: Option, topic: str) -> Button:
        payload: dict[str, Any] = {"intent": option.intent, "entities": option.slots}
        if option.picture:
            payload["picture"] = option.picture
        leads_to = self._catalogue.answers.get(option.slots.get("situation", ""))
        return Button(option.label, leads_to.entry.topic if leads_to else topic, payload)

    def _button(self, answer_id: str) -> Button:
        """Lead to a topic's main answer by its intent, to any other by its id."""
        entry = self._catalogue[answer_id].entry
        payload: dict[str, Any] = {"intent": answer_id}
        if answer_id != entry.topic:
            payload = {"intent": "situation", "entities": {"situation": answer_id}}
        return Button(entry.title, entry.topic, payload)


def _first(offered: list[str], room: int) -> list[str]:
    """Return what there is room for; what is left over comes with "something else"."""
    if len(offered) <= room:
        return offered
    return [*[each for each in offered if each != SOMETHING_ELSE][: room - 1], SOMETHING_ELSE]


def _first_step(spoken: Spoken, entry: Entry, is_open: bool) -> str:
    if entry.variants:
        return entry.variants[str(spoken.values["state"])].text
    if entry.closed and not is_open:
        return entry.closed
    return entry.tried.text if spoken.tried and entry.tried else entry.text


def _of_variant(spoken: Spoken, entry: Entry) -> list[str]:
    return entry.variants[str(spoken.values["state"])].details if entry.variants else []


def _true_now(timed: Iterable[Timed], there: datetime) -> Iterator[str]:
    clock = f"{there:%H:%M}"
    for each in timed:
        begin, end = each.between
        inside = begin <= clock < end if begin <= end else clock >= begin or clock < end
        if inside:
            yield each.text


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
