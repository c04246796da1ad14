from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from api.content.hours import OpeningHours

HOURS = OpeningHours("Mon-Fri 09:30-18:00")


def there(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Tokyo"))


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-24T09:29", False),
        ("2026-11-24T09:30", True),
        ("2026-11-24T17:59", True),
        ("2026-11-24T18:00", False),
        ("2026-11-22T12:00", False),
        ("2026-11-23T12:00", False),  # 勤労感謝の日, a Monday
        ("2026-12-29T12:00", False),
        ("2027-01-04T12:00", True),
    ],
)
def test_the_telephone_is_answered_on_working_days(moment: str, is_open: bool) -> None:
    assert HOURS.is_open(there(moment)) is is_open


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-11-24T08:00", "2026-11-24T09:30"),
        ("2026-11-24T20:00", "2026-11-25T09:30"),
        ("2026-11-20T20:00", "2026-11-24T09:30"),
        ("2026-12-28T19:00", "2027-01-04T09:30"),
    ],
)
def test_the_next_opening_leaves_out_weekends_and_holidays(moment: str, opening: str) -> None:
    assert HOURS.next_opening(there(moment)) == there(opening)


@pytest.mark.parametrize(
    "form", ["", "9-18", "Mon-Fri 18:00-09:30", "Fri-Mon 09:30-18:00", "x-y 1"]
)
def test_hours_in_another_form_are_refused(form: str) -> None:
    with pytest.raises(ValueError, match="opening hours"):
        OpeningHours(form)
