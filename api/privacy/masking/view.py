"""One reading of all spellings: full-width, half-width kana, hidden characters.

Rules match on `View.text`; `View.span` leads back to the text as typed, because NFKC changes
lengths (ｶﾞ becomes ガ, ㍿ becomes 株式会社).
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Stands for a mask, or for what an earlier rule has taken. No rule matches it, so nothing
# reaches across it, and its length never matters: that keeps masking idempotent.
BARRIER = "\uffff"
# A kana and its voiced mark grow together. Longer clusters would make NFKC quadratic.
_CLUSTER = re.compile("(?s:.)[\uff9e\uff9f\u3099\u309a]?")
_LONGEST_FOLD = 4  # ㍿; longer ones are Arabic phrases and unit names, nothing a rule reads


@dataclass(frozen=True)
class View:
    """A folded text; character i of it was typed at `starts[i]:ends[i]`."""

    text: str
    starts: list[int]
    ends: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a non-empty stretch of the folded text stands in the original."""
        return self.starts[start], self.ends[end - 1]


@lru_cache(maxsize=8192)
def fold(cluster: str) -> str:
    """Return the plain spelling of one character, or of a kana with its half-width mark."""
    plain = unicodedata.normalize("NFKC", cluster)
    if len(plain) > _LONGEST_FOLD:
        return cluster
    return "".join(map(_plain_char, plain))


def _plain_char(char: str) -> str:
    if char == BARRIER:
        return "\ufffd"
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    # Zero-width, control and combining characters would split a number without being seen.
    hidden = category in {"Cc", "Cf", "Mn", "Me"} and not char.isspace()
    return "" if hidden else char


def view_of(text: str, opaque: re.Pattern[str]) -> View:
    """Fold `text`; what `opaque` matches becomes one barrier character each."""
    folder = _Folder()
    done = 0
    for match in opaque.finditer(text):
        folder.fold(text[done : match.start()], done)
        folder.append(BARRIER, match.start(), match.end())
        done = match.end()
    folder.fold(text[done:], done)
    return View("".join(folder.pieces), folder.starts, folder.ends)


class _Folder:
    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []

    def fold(self, text: str, position: int) -> None:
        for cluster in _CLUSTER.findall(text):
            end = position + len(cluster)
            self.append(fold(cluster), position, end)
            position = end

    def append(self, piece: str, start: int, end: int) -> None:
        if piece:
            self.pieces.append(piece)
            self.starts += [start] * len(piece)
            self.ends += [end] * len(piece)
        elif self.pieces and self.pieces[-1] != BARRIER:
            self.ends[-1] = end  # a hidden character goes with the one before it
