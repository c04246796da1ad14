"""Numbers in 漢数字: 〇九〇－一二三四－五六七八."""

import re
from collections.abc import Iterator

from api.privacy.masking.rules.found import Found
from api.privacy.masking.rules.shapes import DASH, SPACE, digits_of

KANJI_DIGIT = "[〇零一二三四五六七八九]"
_CHAIN = re.compile(rf"{KANJI_DIGIT}++(?:(?:{SPACE}|[{DASH}の]){{1,3}}{KANJI_DIGIT}++)*+")
_PLAIN = str.maketrans("〇零一二三四五六七八九", "00123456789")
_FEWEST = 7


def plain_digits(run: str) -> str:
    """Return `run` with Arabic digits in place of 漢数字."""
    return run.translate(_PLAIN)


def find_kanji_numbers(text: str) -> Iterator[Found]:
    """Yield what would be a telephone number or a long number in Arabic digits."""
    for match in _CHAIN.finditer(text):
        digits = digits_of(plain_digits(match[0]))
        if len(digits) >= _FEWEST:
            phone = digits.startswith("0") and len(digits) in {10, 11}
            yield Found(match.start(), match.end(), "phone" if phone else "number", digits)
