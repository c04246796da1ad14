"""Long numbers: マイナンバー, 被保険者番号 (4-6-1), 求職番号 (5-8), cards, and what resembles them.

No check digit is asked for: a number with one wrong digit is still almost that number. It only
tells what the mask is called.
"""

import re
from collections.abc import Iterator

from stdnum import luhn
from stdnum.jp import in_

from api.privacy.masking.rules.cues import Cue
from api.privacy.masking.rules.found import Found
from api.privacy.masking.rules.shapes import DASH, NOT_A_PIECE, SPACE, digits_of, is_counted

_FEWEST = 7
_LONGEST_SUM = 9
_MY_NUMBER, _CARDS = 12, range(14, 17)
# A line break joins groups of three and more only: lists of small numbers stay as they are.
_BREAK = rf"(?<=[0-9]{{3}}){SPACE}{{0,2}}\r?\n{SPACE}{{0,2}}(?=[0-9]{{3}})"
_CHAIN = re.compile(rf"[0-9]++(?:(?:(?:{SPACE}|[{DASH}]){{1,3}}|{_BREAK})[0-9]++)*+")
_FIRST = re.compile(rf"[0-9]{{1,3}}{SPACE}+(?=[0-9])")
_LAST = re.compile(rf"(?<=[0-9]){SPACE}+(?P<group>[0-9]{{1,3}}|(?:19|20)[0-9]{{2}})\Z")
_UNIT_AHEAD = re.compile(r"[年月時秒回件円万名歳代社個桁]|日(?!本)|分(?!か)|人(?!に)|文字|%|エラー")
_SHORT = re.compile(rf"[\s:=→はがも、「『(]{{0,4}}(?P<number>[0-9]{{4,8}}){NOT_A_PIECE}")


def find_numbers(text: str) -> Iterator[Found]:
    """Yield runs of seven and more digits, hyphens and spaces between them or not."""
    for match in _CHAIN.finditer(text):
        start, end = _without_neighbours(text, *match.span())
        digits = digits_of(text[start:end])
        if len(digits) >= _FEWEST and not _is_money(text, start, end):
            yield Found(start, end, _kind_of(digits), digits)


def _is_money(text: str, start: int, end: int) -> bool:
    return text[start:end].isdigit() and end - start <= _LONGEST_SUM and text[end : end + 1] == "円"


def _kind_of(digits: str) -> str:
    """Tell a My Number and a card by their check digits; any other is a number."""
    if len(digits) == _MY_NUMBER and in_.is_valid(digits):
        return "my_number"
    return "card" if len(digits) in _CARDS and luhn.is_valid(digits) else "number"


def _without_neighbours(text: str, start: int, end: int) -> tuple[int, int]:
    # 「iOS17 1234-5678 30分」: a version before and an amount behind are no part of the number.
    first, last = _FIRST.match(text, start, end), _LAST.search(text, max(start, end - 8), end)
    if first and start and text[start - 1].isascii() and text[start - 1].isalpha():
        start = first.end()
    if last and last.start() > start and _UNIT_AHEAD.match(text, end):
        end = last.start()
    return start, end


def numbers_after(text: str, cue: Cue) -> Iterator[Found]:
    """Yield a shorter number that is called by name: 「求職番号は12345です」."""
    match = _SHORT.match(text, cue.end)
    if match and not is_counted(text, *match.span("number")):
        yield Found(*match.span("number"), "number", match["number"])
