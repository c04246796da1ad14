"""Passwords that stand before their word: 「Abcd5432がパスワードです」."""

import re
from collections.abc import Iterator

from api.privacy.masking.rules.found import Found
from api.privacy.masking.rules.mail import is_mail
from api.privacy.masking.rules.shapes import DASH, SPACE
from api.privacy.masking.rules.words import MARKS, is_innocent

_BEFORE = re.compile(
    rf"(?<![!-~¥])[(\"']?(?P<secret>[!-~¥]{{6,64}}+)[」』”’】]?{SPACE}{{0,2}}(?:が|は|という|って|で)"
    rf"{SPACE}{{0,2}}(?:(?:私|僕|俺|自分|今)の|新しい|古い)?"
    rf"(?:パスワ[{DASH}一]ド|ぱすわーど|暗証番号|(?i:pwd?|password)(?![A-Za-z0-9]))"
)
_DIGIT = re.compile("[0-9]")
_MIXED = re.compile(r"(?=.*[0-9])(?=.*[A-Za-z])")
# Further devices and programs, and error numbers, through which people enter a password.
_TOOL = re.compile(
    r"(?:(?:internet)?explorer|ie|surface|macbook|imac|thinkpad|kindle|nexus|thunderbird|opera"
    r"|brave|redmi|arrows|oppo|zenfone|galaxy|iphone|ipad|ubuntu|e|err)[-_a-z]{0,6}[0-9]{1,5}[a-z]{0,7}",
    re.IGNORECASE,
)


def find_before(text: str) -> Iterator[Found]:
    """Yield mixed letters and digits that the following words call a password."""
    if not _DIGIT.search(text):
        return  # most texts, and it saves the long look
    for match in _BEFORE.finditer(text):
        run = match["secret"]
        core = run.strip(MARKS)
        known = is_innocent(run) or is_mail(run) or _TOOL.fullmatch(core)
        if _MIXED.match(run) and not known:
            yield Found(*match.span("secret"), "password", run.rstrip(MARKS))
