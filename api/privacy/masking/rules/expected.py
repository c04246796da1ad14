"""What follows a question about a secret: 「482913を何回も」 after the bot spoke of codes."""

import re
from collections.abc import Iterator

from api.privacy.masking.rules.found import Found, distinct
from api.privacy.masking.rules.kanji import KANJI_DIGIT, plain_digits
from api.privacy.masking.rules.shapes import DASH, NOT_A_PIECE, SPACE, digits_of, is_counted
from api.privacy.masking.rules.words import is_innocent

_UNIT = "[年月日時分秒回件円人名歳才代個つ十百千万億]"
_CODE = re.compile(
    rf"(?<![A-Za-z0-9])(?<![0-9][{DASH}/:.,])"
    rf"(?P<code>[0-9]{{3}}[ {DASH}][0-9]{{3}}|[0-9]{{4,8}}){NOT_A_PIECE}"
    rf"|(?<!{KANJI_DIGIT})(?P<kanji>{KANJI_DIGIT}{{4,8}}+)(?!{_UNIT})"
)
# Half of a code, sent in two messages. What ends in 0 or 5 may be minutes.
_HALF = re.compile(
    rf"(?<![A-Za-z0-9.,/:{DASH}])(?P<code>[0-9]{{2}}[1-46-9])(?={SPACE}*(?:\Z|[。、!]|です|と|を|で))"
)
_SECRET = re.compile(r"(?<![!-~])(?=[!-~]*[0-9])(?=[!-~]*[A-Za-z])(?P<secret>[!-~]{6,64}+)")
_MODEL = re.compile(
    r"(?i:galaxy|xperia|aquos|pixel|arrows|iphone|ipad|surface|sc|so|sh|e|err)[-_]?[A-Za-z]?[0-9].*"
)


def find_expected_codes(text: str) -> Iterator[Found]:
    """Yield runs of four to eight digits that count nothing, and what looks like half of one."""
    found = [_code(m, m.lastgroup or "code") for m in _CODE.finditer(text)]
    found += [_code(m, "code") for m in _HALF.finditer(text)]
    return distinct(hit for hit in found if not is_counted(text, hit.start, hit.end))


def find_expected_passwords(text: str) -> Iterator[Found]:
    """Yield words of letters and digits that are no name of a thing, after talk of passwords."""
    for match in _SECRET.finditer(text):
        run = match["secret"]
        if not (is_innocent(run) or _MODEL.fullmatch(run) or is_counted(text, *match.span())):
            yield Found(*match.span("secret"), "password", run)


def _code(match: re.Match[str], group: str) -> Found:
    return Found(*match.span(group), "code", digits_of(plain_digits(match[group])))
