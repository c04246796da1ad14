"""What looks like a secret and is none. Later rules leave it alone."""

import re
from collections.abc import Iterator
from functools import cache

from api.privacy.masking.rules.found import SHIELD, Found
from api.privacy.masking.rules.phone import GAP, NOT_AFTER, NOT_BEFORE
from api.privacy.masking.rules.shapes import DASH
from api.privacy.masking.tables import public_numbers

# Our own 受付番号 (api/kit/ids.py): staff find a conversation by it.
_RECEIPT = r"(?<![A-Za-z0-9])(?i:HB(?:-[0-9A-HJKMNP-TV-Z]{4}){2})(?![A-Za-z0-9])"
_YEAR = r"(?:19|20)[0-9]{2}"
_DATE = rf"{_YEAR}[{DASH}/.](?:0?[1-9]|1[0-2])[{DASH}/.](?:0?[1-9]|[12][0-9]|3[01])"
_YEARS = rf"{_YEAR}年?\s?[{DASH}〜~]\s?{_YEAR}(?=年)"
_TIME = r"(?:[01]?[0-9]|2[0-9]):[0-5][0-9](?::[0-5][0-9])?"
_MONEY = r"[0-9]{1,3}(?:,[0-9]{3})+"
_EVERYDAY = re.compile(
    rf"{NOT_AFTER}(?:{_DATE}|{_YEARS}){NOT_BEFORE}|(?<![0-9])(?:{_TIME}|{_MONEY})(?!,?[0-9])"
)


# A job's number is public, and what people search with. It looks like a job seeker's (5-8), so only
# the words beside it tell them apart.
_FIVE_EIGHT = rf"[0-9]{{5}}\s?[{DASH}]?\s?[0-9]{{5,8}}"
_JOBS = re.compile(
    rf"(?<=求人番号)(?:[はがをのも:]|という|\s|「|『|\(){{0,4}}(?P<after>{_FIVE_EIGHT})(?![0-9])"
    rf"|(?<=求人番号)(?:(?!求職)[^0-9]){{1,14}}(?P<near>{_FIVE_EIGHT})(?![0-9])"
    rf"|(?<![0-9])(?P<before>{_FIVE_EIGHT})(?=[」』)]?\s?(?:の|という)求人)"
)


def shield_job_numbers(text: str) -> Iterator[Found]:
    """Yield the numbers of jobs, which people look for."""
    for match in _JOBS.finditer(text) if "求人" in text else ():
        yield Found(*match.span(match.lastgroup or 0), SHIELD, "")


def shield_public(text: str) -> Iterator[Found]:
    """Yield the help desk and crisis numbers and our own receipts."""
    return map(_shield, _public().finditer(text))


def shield_dates_and_money(text: str) -> Iterator[Found]:
    """Yield dates, years, times and sums with commas."""
    return map(_shield, _EVERYDAY.finditer(text))


def _shield(match: re.Match[str]) -> Found:
    return Found(match.start(), match.end(), SHIELD, "")


@cache
def _public() -> re.Pattern[str]:
    numbers = "|".join(GAP.join(number) for number in public_numbers() if len(number) > 3)
    return re.compile(rf"{_RECEIPT}|{NOT_AFTER}(?:{numbers}){NOT_BEFORE}")
