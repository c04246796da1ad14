"""A password, code or number that was announced once is secret everywhere in the message."""

import re
from collections.abc import Iterable, Iterator

from api.privacy.masking.rules.found import Found, distinct
from api.privacy.masking.rules.shapes import is_counted
from api.privacy.masking.rules.words import MARKS

_MOST = 20  # mixed secrets that are looked for again; nobody has more
_KINDS = {"password", "code", "number"}
_TOKEN = re.compile(r"[!-~¥]{4,}")
_WORD = re.compile(r"[A-Za-z0-9]{4,}")


def find_echoes(text: str, secrets: Iterable[Found]) -> Iterator[Found]:
    """Yield further appearances of announced secrets: 「PW: abc123 … abc123が通らない」."""
    kinds = {hit.value: hit.kind for hit in secrets if hit.kind in _KINDS}
    if not kinds:
        return iter(())
    return distinct([*_tokens(text, kinds), *_words(text, kinds), *_mixed(text, kinds)])


def _tokens(text: str, kinds: dict[str, str]) -> Iterator[Found]:
    for match in _TOKEN.finditer(text):
        value = match[0].rstrip(MARKS)
        start = match.start()
        if value not in kinds:
            start += len(value) - len(value.lstrip(MARKS))
            value = value.lstrip(MARKS)
        if value in kinds:
            yield Found(start, start + len(value), kinds[value], value)


def _words(text: str, kinds: dict[str, str]) -> Iterator[Found]:
    for match in _WORD.finditer(text):
        if match[0] in kinds and not is_counted(text, *match.span()):
            yield Found(*match.span(), kinds[match[0]], match[0])


def _mixed(text: str, kinds: dict[str, str]) -> Iterator[Found]:
    values = [value for value in kinds if not value.isascii()][:_MOST]
    if values:
        for match in re.finditer("|".join(map(re.escape, values)), text):
            yield Found(*match.span(), kinds[match[0]], match[0])
