"""Numbers in 漢数字: 〇九〇－一二三四－五六七八."""

import re
from collections.abc import Iterator

from api.privacy.masking.rules.found import Found
from api.privacy.masking.rules.shapes import DASH, SPACE, digits_of

_DIGIT = "[〇零一二三四五六七八九]"
_CHAIN = re.compile(rf"{_DIGIT}++(?:(?:{SPACE}|[{DASH}の]){{1,3}}{_DIGIT}++)*+")
_PLAIN = str.maketrans("〇零一二三四五六七八九", "00123456789")
_FEWEST = 7


def find_kanji_numbers(text: str) -> Iterator[Found]:
    """Yield what would be a telephone number or a long number in Arabic digits."""
    for match in _CHAIN.finditer(text):
        digits = digits_of(match[0].translate(_PLAIN))
        if len(digits) >= _FEWEST:
            phone = digits.startswith("0") and len(digits) in {10, 11}
            yield Found(match.start(), match.end(), "phone" if phone else "number", digits)
