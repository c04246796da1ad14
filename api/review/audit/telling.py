"""Tell audit rows in words. Pure: the rows stay as they are written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

from api.review.audit.models import AuditRow
from api.review.naming import Naming

Part = tuple[str, str]
# What an id is of, by its first letter (api/kit/ids.py), and where that is shown.
_SHOWN_AT = {
    "s": ("member", "/staff/members"),
    "n": ("candidate", "/staff/teaching"),
    "t": ("model", "/staff/teaching/models/{}"),
    "i": ("notice", "/staff/notices"),
}


@dataclass(frozen=True)
class Subject:
    """What something was done to, and its page; both empty for nothing."""

    text: str = ""
    address: str = ""


@dataclass(frozen=True)
class Known:
    """What ids of a page of rows are called. `receipts` has conversations that still exist."""

    members: Mapping[str, str]
    receipts: Mapping[str, str]
    sources: Mapping[str, str]


class Teller:
    """Says in Japanese to what something was done, and the rest."""

    def __init__(self, names: Naming, known: Known) -> None:
        self._names, self._known = names, known

    def who(self, staff_id: str) -> str:
        """Return the shown name of a member."""
        return self._known.members.get(staff_id) or self._names.word("subject", "nobody")

    def subject(self, row: AuditRow) -> Subject:
        """Return what it was done to."""
        given = row.subject or ""
        if not given or row.action == "source_checked":
            return Subject(self._known.sources.get(given, ""))
        if row.action.startswith("answer_"):
            return Subject(self._names.topic(given), f"/staff/answers/{given}")
        if row.action == "looked_up":
            return Subject(given, f"/staff/receipt?number={given}")
        return self._talk(given) if given[:2] == "c-" else self._other(given)

    def _talk(self, conversation: str) -> Subject:
        if conversation not in self._known.receipts:
            return Subject(self._names.word("subject", "gone"))
        receipt = self._known.receipts[conversation] or self._names.word("subject", "talk")
        return Subject(receipt, f"/staff/conversations/{conversation}")

    def _other(self, given: str) -> Subject:
        kind, address = _SHOWN_AT.get(given.partition("-")[0], ("", ""))
        named = self.who(given) if kind == "member" else self._names.word("subject", kind)
        return Subject(named, address.format(given))

    def details(self, row: AuditRow) -> list[Part]:
        """Return (label, value) of what else is known."""
        parts = [part for key, value in (row.detail or {}).items() for part in self._of(key, value)]
        return [(label, value) for label, value in parts if value]

    def _of(self, key: str, value: Any) -> Iterator[Part]:
        if key == "filters":
            for name, given in parse_qsl(str(value)):
                yield self._names.word("filter", name), self._filter(name, given)
            return
        shown = self._names.word(key, str(value)) if key in ("role", "kind") else str(value)
        yield self._names.word("detail", key), shown

    def _filter(self, name: str, given: str) -> str:
        if name == "topic":
            return self._names.topic(given)
        if name == "reviewer":
            return self.who(given)
        if name in ("since", "until"):
            return _day(given)
        if name == "fallback":
            return f"{given}{self._names.word('filter', 'fallback_times')}"
        return self._names.word("channel" if name == "channel" else f"filter_{name}", given)


def _day(given: str) -> str:
    try:
        return f"{date.fromisoformat(given):%Y/%m/%d}"
    except ValueError:
        return given
