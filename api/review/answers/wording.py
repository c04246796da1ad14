"""The part of an answer that staff may change, checked like the files. Pure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from string import Formatter
from typing import Any, Self

from pydantic import ValidationError

from api.content.catalogue import Answer, Catalogue, with_facts
from api.content.schemas import DETAIL_LIMIT, TEXT_LIMIT, Entry
from api.review.answers.errors import AnswerInvalid

Change = tuple[str, str]


@dataclass(frozen=True)
class Draft:
    """What the form gives: one detail a line, days in ISO form or empty."""

    text: str
    details: str
    easy_text: str
    easy_details: str
    valid_from: str = ""
    valid_until: str = ""

    def content(self) -> dict[str, Any]:
        """Return the words as an entry has them."""
        easy = {"text": self.easy_text.strip(), "details": _lines(self.easy_details)}
        return {"text": self.text.strip(), "details": _lines(self.details), "easy": easy}

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> Self:
        """Return the words of an entry or of a version as the form shows them."""
        easy = content["easy"]
        return cls(content["text"], "\n".join(content["details"]),
                   easy["text"], "\n".join(easy["details"]))  # fmt: skip

    def days(self) -> tuple[date | None, date | None]:
        """Return from and until; raises AnswerInvalid."""
        try:
            begin, end = (
                date.fromisoformat(day) if day else None
                for day in (self.valid_from, self.valid_until)
            )
        except ValueError:
            raise AnswerInvalid("day") from None
        if begin and end and begin > end:
            raise AnswerInvalid("days")
        return begin, end


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def rewritten(original: Answer, content: dict[str, Any], catalogue: Catalogue) -> Answer:
    """Return `original` with other words; raises AnswerInvalid for what the files may not hold."""
    if original.entry.variants or original.entry.private:
        raise AnswerInvalid("variants")
    if not content["text"]:
        raise AnswerInvalid("empty")
    try:
        entry = Entry(**{**original.entry.model_dump(), **content})
    except ValidationError as error:
        # The part that is wrong: text, details or easy.
        raise AnswerInvalid(str(error.errors()[0]["loc"][0])) from error
    _check_lengths(entry, catalogue)
    if not _gaps(_all_words(entry)) <= _gaps(_all_words(original.entry)) | set(catalogue.facts):
        raise AnswerInvalid("gaps")
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return Answer(original.id, hashlib.sha256(canonical.encode()).hexdigest()[:12], entry)


def _check_lengths(entry: Entry, catalogue: Catalogue) -> None:
    """Raise AnswerInvalid for what is too long once it is shown, as the catalogue does."""
    if len(with_facts(catalogue, entry.text)) > TEXT_LIMIT:
        raise AnswerInvalid("text")
    if any(len(each) > DETAIL_LIMIT for each in entry.details):
        raise AnswerInvalid("details")


def _all_words(entry: Entry) -> str:
    return "\n".join([entry.text, *entry.details, entry.easy.text, *entry.easy.details])


def _gaps(text: str) -> set[str]:
    try:
        # With its format, which may ask for more blanks than fit into the memory, it is unknown.
        return {
            f"{name}{form}{turned or ''}"
            for _, name, form, turned in Formatter().parse(text)
            if name is not None
        }
    except ValueError:
        raise AnswerInvalid("braces") from None


def changes(before: Entry, after: dict[str, Any]) -> list[Change]:
    """Return parts of the words in order, each "same", "gone" or "new"."""
    old = _all_words(before)
    new = "\n".join([after["text"], *after["details"], after["easy"]["text"],
                     *after["easy"]["details"]])  # fmt: skip
    parts: list[Change] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(("same", old[a:b]))
            continue
        parts += [("gone", old[a:b])] if b > a else []
        parts += [("new", new[c:d])] if d > c else []
    return parts
