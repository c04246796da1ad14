"""Telephone numbers of Japan, written in any way."""

import re
from collections.abc import Iterator

from api.privacy.masking.rules.found import Found
from api.privacy.masking.rules.shapes import DASH, digits_of

# Between two digits: hyphens, spaces, brackets, dots, strokes, or a spoken の.
GAP = rf"[\s().・の/~〜{DASH}]{{0,3}}"
NOT_AFTER = rf"(?<![0-9])(?<![0-9][{DASH}])"
NOT_BEFORE = rf"(?![{DASH}]?[0-9])"
# 「0590 188309 7」 is an 11-digit number; 「090-1234-5678 9時」 is a telephone and a time.
_NOT_ONE_MORE = r"(?!\s[0-9](?:[^0-9時分日月年回件人名社円番つ個:/~〜-]|\Z))"

# 0[5-9]0 numbers have 11 digits, all others 10; after +81 the leading 0 is not dialled.
# https://www.soumu.go.jp/main_sosiki/joho_tsusin/top/tel_number/q_and_a.html
_REST = rf"(?:[5-9]{GAP}0(?:{GAP}[0-9]){{8}}|[0-9](?:{GAP}[0-9]){{8}})"
_OPEN = r"(?:\((?=[0-9+\s]{2,7}\)))?"
_PHONE = re.compile(
    rf"{NOT_AFTER}{_OPEN}(?:\+\s?8\s?1{GAP}(?:0{GAP})?|0{GAP}){_REST}{NOT_BEFORE}{_NOT_ONE_MORE}"
)


def find_phones(text: str) -> Iterator[Found]:
    """Yield the telephone numbers; public ones were shielded before."""
    for match in _PHONE.finditer(text):
        digits = digits_of(match[0])
        foreign = "+" in match[0]
        national = "0" + digits.removeprefix("81").removeprefix("0") if foreign else digits
        yield Found(match.start(), match.end(), "phone", national)
