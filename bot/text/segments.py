"""Cut a message where one request may end and another begin."""

import re
from typing import List, NamedTuple

_ENDS = r"[。．！？!?\n]+"


class Segment(NamedTuple):
    """A part of a text; `text[start:end]` is it."""

    start: int
    end: int
    text: str


def compile_joints(words: List[str]) -> "re.Pattern[str]":
    """Return the pattern that cuts at sentence ends and behind each of `words`."""
    alternatives = "|".join(re.escape(word) for word in words)
    return re.compile(f"{_ENDS}|(?:{alternatives})")


def segments(text: str, joints: "re.Pattern[str]") -> List[Segment]:
    """Return the parts of `text` between `joints`, blanks at their ends left out."""
    found, begin = [], 0
    for end, following in [
        *((m.start(), m.end()) for m in joints.finditer(text)),
        (len(text),) * 2,
    ]:
        part = text[begin:end]
        start = begin + len(part) - len(part.lstrip())
        stripped = part.strip()
        if stripped:
            found.append(Segment(start, start + len(stripped), stripped))
        begin = following
    return found
