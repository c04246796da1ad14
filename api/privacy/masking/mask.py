"""`mask`: the one door through which typed text enters the service."""

import re
from dataclasses import dataclass, field
from functools import cache

from api.privacy.masking.rules import (
    AFTER_TALK_OF_CODES,
    AFTER_TALK_OF_PASSWORDS,
    RULES,
    Found,
    Rule,
)
from api.privacy.masking.rules.echo import find_echoes
from api.privacy.masking.tables import labels
from api.privacy.masking.view import BARRIER, View, view_of

# Above this all further values of a kind share one mask. A longer number inside a mask could
# itself be somebody's code, so it is not taken for a mask.
_HIGHEST = 999


@dataclass(frozen=True)
class Masked:
    """A text without personal data, and the kinds that were found, first appearance first."""

    text: str
    kinds: tuple[str, ...]


def mask(text: str, *, code_expected: bool = False, password_expected: bool = False) -> Masked:
    """Replace what is personal or secret in what somebody typed by masks.

    Masks already in the text stay and are not reported again. Runs until nothing is found, so
    that masking a masked text changes nothing. Never raises, whatever the text. `code_expected`:
    the bot has just spoken of codes, so bare digits are taken for one; `password_expected`: of
    passwords, so words of letters and digits are.
    """
    book, rules = _Book(text), RULES
    rules += AFTER_TALK_OF_CODES if code_expected else ()
    rules += AFTER_TALK_OF_PASSWORDS if password_expected else ()
    while found := _find(view := view_of(text, _any_mask()), rules):
        text = _replace(text, view, found, book)
    return Masked(text, book.kinds_in(text))


def _find(view: View, rules: tuple[Rule, ...]) -> list[Found]:
    text, found = view.text, list[Found]()
    for rule in rules:
        hits = list(rule(text))
        found += hits
        text = _hide(text, hits)
    secrets = [hit for hit in found if hit.kind]
    echoes = list(find_echoes(text, secrets))
    return sorted(secrets + echoes, key=lambda hit: hit.start)


def _hide(text: str, hits: list[Found]) -> str:
    if not hits:
        return text
    chars = list(text)
    for hit in hits:
        chars[hit.start : hit.end] = BARRIER * (hit.end - hit.start)
    return "".join(chars)


def _replace(text: str, view: View, found: list[Found], book: "_Book") -> str:
    parts, done = list[str](), 0
    for hit in found:
        start, end = view.span(hit.start, hit.end)
        # Two findings can meet inside one typed character, such as ㏣.
        parts += [text[done:start], book.mask_for(hit)] if start >= done else []
        done = max(done, end)
    return "".join([*parts, text[done:]])


@dataclass
class _Book:
    """Which value has which number. Counting goes on after the masks already in the text."""

    text: str
    highest: dict[str, int] = field(default_factory=dict)
    masks: dict[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for match in _any_mask().finditer(self.text):
            number = int(match["number"])
            self.highest[match["label"]] = max(number, self.highest.get(match["label"], 0))

    def mask_for(self, hit: Found) -> str:
        label = labels()[hit.kind]
        if (hit.kind, hit.value) not in self.masks:
            number = min(self.highest.get(label, 0) + 1, _HIGHEST)
            self.highest[label] = number
            self.masks[hit.kind, hit.value] = f"［{label}{number}］"
        return self.masks[hit.kind, hit.value]

    def kinds_in(self, text: str) -> tuple[str, ...]:
        kinds = {made: kind for (kind, _), made in self.masks.items()}
        seen = (kinds.get(match[0]) for match in _any_mask().finditer(text))
        return tuple(dict.fromkeys(kind for kind in seen if kind))


@cache
def _any_mask() -> re.Pattern[str]:
    return re.compile(rf"［(?P<label>{'|'.join(labels().values())})(?P<number>[1-9][0-9]{{0,2}})］")
