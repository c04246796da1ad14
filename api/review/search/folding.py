"""How text is laid out for searching, and how a query is cut into words.

A trigram index finds nothing shorter than three characters, and half of all Japanese words
have two. So a mark is put between all letters: 解除 becomes 解·除, which has three.
"""

import re
import unicodedata
from functools import cache
from typing import Any

import yaml
from sudachipy import Dictionary, SplitMode

from api.content.catalogue import DATA
from bot.text.kana import letters_only

# A letter, so that PostgreSQL's pg_trgm keeps it; no Japanese text uses it.
JOINT = "ƾ"
_KANA_AND_MARK = re.compile("(?s:.)[\uff9e\uff9f\u3099\u309a]?")


def spaced(text: str) -> str:
    """Return `text` folded, with a mark between its letters."""
    return JOINT.join(letters_only(text))


@cache
def _tokenizer() -> Any:
    return Dictionary().create(mode=SplitMode.A)


@cache
def _unimportant() -> dict[str, Any]:
    rules: dict[str, Any] = yaml.safe_load((DATA / "search.yml").read_text(encoding="utf-8"))
    return rules


def words(query: str) -> list[str]:
    """Return the words of a query that have to be found, folded; at least one if any letter is."""
    plain = unicodedata.normalize("NFKC", query)
    found = [token for token in _tokenizer().tokenize(plain) if _counts(token)]
    folded = [letters_only(token.surface()) for token in found] or [letters_only(plain)]
    return list(dict.fromkeys(word for word in folded if word))


def _counts(token: Any) -> bool:
    kind, rules = token.part_of_speech(), _unimportant()
    return kind[0] not in rules["between"] and kind[1] != rules["helping"]


def highlighted(text: str, wanted: list[str]) -> list[tuple[str, bool]]:
    """Return `text` in parts, each with whether a word was found there."""
    letters, places = [], []
    for match in _KANA_AND_MARK.finditer(text):
        folded = letters_only(match[0])
        letters.append(folded)
        places += [match.span()] * len(folded)
    hits = _hits("".join(letters), wanted)
    marked = [False] * len(text)
    for hit in hits:
        start, end = places[hit]
        marked[start:end] = [True] * (end - start)
    return _parts(text, marked)


def _hits(folded: str, wanted: list[str]) -> set[int]:
    found: set[int] = set()
    for word in wanted:
        for match in re.finditer(re.escape(word), folded):
            found.update(range(*match.span()))
    return found


def _parts(text: str, marked: list[bool]) -> list[tuple[str, bool]]:
    parts: list[tuple[str, bool]] = []
    for char, mark in zip(text, marked, strict=True):
        if parts and parts[-1][1] == mark:
            parts[-1] = (parts[-1][0] + char, mark)
        else:
            parts.append((char, mark))
    return parts
