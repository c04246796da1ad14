"""Codes written digit by digit: 「届いた数字が 7 7 3 1 0 9」, 「六桁の七七三一零九」."""

import re
from collections.abc import Iterator

from api.privacy.masking.rules.cues import Cue
from api.privacy.masking.rules.found import Found
from api.privacy.masking.rules.kanji import KANJI_DIGIT, plain_digits
from api.privacy.masking.rules.shapes import DASH, SPACE, digits_of

_UNIT = "[年月日時分秒回件円人名歳才代個つ十百千万億]"
_KANJI = rf"{KANJI_DIGIT}{{4,8}}+(?!{_UNIT}|[{DASH}の]?{SPACE}?{KANJI_DIGIT}|[{DASH}]{SPACE}?[0-9])"
_SPACED = rf"[0-9](?:{SPACE}{{1,2}}[0-9]){{3,7}}+(?!{SPACE}{{0,2}}(?:[0-9]|{_UNIT}))"
_LINK = r"[\s:=→はがもを、「『(]{0,5}"
_AFTER_CUE = re.compile(rf"{_LINK}(?P<code>{_KANJI}|{_SPACED})")
_WORD = (
    r"(?:(?:届いた|届く|来た|きた|送られた)数字|数字が|(?<=[0-9一二三四五六七八九十])桁の(?:数字)?)"
)
_ALONE = re.compile(rf"{_WORD}{_LINK}(?P<code>{_KANJI}|{_SPACED})")


def spelled_after(text: str, cue: Cue) -> Iterator[Found]:
    """Yield the code that a cue announces digit by digit."""
    match = _AFTER_CUE.match(text, cue.end)
    if match:
        yield _found(match)


def find_spelled(text: str) -> Iterator[Found]:
    """Yield codes digit by digit behind 「届いた数字」 and 「六桁の」."""
    return map(_found, _ALONE.finditer(text))


def _found(match: re.Match[str]) -> Found:
    return Found(*match.span("code"), "code", digits_of(plain_digits(match["code"])))
