"""Telephone numbers of other countries, with their +: from the tables of phonenumbers."""

import re
from collections.abc import Iterator
from itertools import islice

from phonenumbers import Leniency, PhoneNumberMatcher

from api.privacy.masking.rules.found import Found
from api.privacy.masking.rules.shapes import digits_of

_PLUS = re.compile(r"\+\s?\(?[1-9]")
_LONGEST, _MOST = 40, 20  # characters of one number; numbers in one message


def find_foreign_phones(text: str) -> Iterator[Found]:
    """Yield numbers behind a +; those of Japan were found before, in any spelling."""
    done = 0
    for plus in islice(_PLUS.finditer(text), _MOST):
        if plus.start() >= done:
            piece = text[plus.start() : plus.start() + _LONGEST]
            match = next(iter(PhoneNumberMatcher(piece, None, Leniency.POSSIBLE, 3)), None)
            if match and match.start == 0:
                done = plus.start() + match.end
                yield Found(plus.start(), done, "phone", digits_of(piece[: match.end]))
