"""What stands beside a card's number: its check digits and the month it ends."""

import re
from collections.abc import Iterator

from api.privacy.masking.rules.found import Found
from api.privacy.masking.rules.shapes import SPACE

_CARD = re.compile(r"カード|クレジット|(?i:CVV|CVC)")
_BESIDE = re.compile(
    rf"(?:(?i:CVV|CVC)2?|裏の[3三]桁)[はが:=]?{SPACE}?(?P<check>[0-9]{{3,4}})(?![0-9])"
    rf"|期限[はが:=]?{SPACE}?(?P<end>(?:0[1-9]|1[0-2])/[0-9]{{2}})(?![0-9/])"
)


def find_beside_cards(text: str) -> Iterator[Found]:
    """Yield check digits and months where the text speaks of a card."""
    for match in _BESIDE.finditer(text) if _CARD.search(text) else ():
        kind = str(match.lastgroup)
        yield Found(*match.span(kind), "number", match[kind])
