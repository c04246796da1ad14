"""Cut a message in two where one request may end and another begin."""

import re
from itertools import pairwise
from typing import Any, Iterator, List, Mapping, NamedTuple, Optional

from bot.text.folding import fold

_ENDS = r"[。．！？!?\n]+"
ADDED, ASKED, LOOSE = "added", "asked", "loose"


class Segment(NamedTuple):
    """A part of a text; `text[start:end]` is it."""

    start: int
    end: int
    text: str


class Cut(NamedTuple):
    """A text in two parts. `kind`: added by a word, asked in sentences of their own, or loose."""

    first: Segment
    second: Segment
    kind: str


def _any_of(words: List[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


class Joints:
    """Knows where a message can be cut (bot/dictionaries/joints.yml)."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        """`words`: lists `adding` and `loose`, patterns `opens_adding`, `counts`,
        `asks` and `leads`."""
        adding = _any_of(words["adding"])
        self._strong = re.compile(f"{_ENDS}|(?:{adding})")
        self._all = re.compile(f"{_ENDS}|(?:{adding}|{_any_of(words['loose'])})")
        self._adding = re.compile(adding)
        self._opens, self._counts = re.compile(words["opens_adding"]), re.compile(words["counts"])
        self._asks, self._leads = re.compile(words["asks"]), re.compile(words["leads"])

    def sentences(self, text: str) -> List[Segment]:
        """Return the sentences of `text` and what a word adds to them."""
        return _between(text, self._strong)

    def cuts(self, text: str) -> Iterator[Cut]:
        """Yield every way to cut `text` in two."""
        parts = _between(text, self._all)
        counted = self._counts.search(fold(text)) is not None
        for before, after in pairwise(parts):
            first = Segment(parts[0].start, before.end, text[parts[0].start : before.end])
            second = Segment(after.start, parts[-1].end, text[after.start : parts[-1].end])
            joint = text[before.end : after.start]
            kind = ADDED if counted else self._kind(before, joint, after)
            if kind:
                yield Cut(first, second, kind)

    def _kind(self, before: Segment, joint: str, after: Segment) -> Optional[str]:
        """Return how the parts are joined; None where a clause only leads to the next one."""
        if self._adding.search(joint) or self._opens.match(fold(after.text)):
            return ADDED
        if re.search(_ENDS, joint):
            return ASKED if self._asks.search(fold(before.text + joint)) else LOOSE
        return None if self._leads.search(fold(before.text + joint)) else LOOSE


def _between(text: str, joints: "re.Pattern[str]") -> List[Segment]:
    """Return the parts of `text` between `joints`, blanks at their ends left out."""
    found, begin = [], 0
    borders = [(m.start(), m.end()) for m in joints.finditer(text)]
    for end, following in [*borders, (len(text), len(text))]:
        part = text[begin:end]
        start, stripped = begin + len(part) - len(part.lstrip()), part.strip()
        if stripped:
            found.append(Segment(start, start + len(stripped), stripped))
        begin = following
    return found
