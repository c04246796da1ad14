"""Digits that follow a question about a code: 「482913を何回も」 after the bot spoke of codes."""

import re
from collections.abc import Iterator

from api.privacy.masking.rules.found import Found
from api.privacy.masking.rules.shapes import DASH, NOT_A_PIECE, is_counted

_DIGITS = re.compile(rf"(?<![A-Za-z0-9])(?<![0-9][{DASH}/:.,])(?P<code>[0-9]{{4,8}}){NOT_A_PIECE}")


def find_expected_codes(text: str) -> Iterator[Found]:
    """Yield runs of four to eight digits that count nothing."""
    for match in _DIGITS.finditer(text):
        if not is_counted(text, *match.span("code")):
            yield Found(*match.span("code"), "code", match["code"])
