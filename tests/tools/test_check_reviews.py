from datetime import date

from api.content.catalogue import load_catalogue
from tools.check_reviews import main, warnings


def test_an_overdue_review_is_named() -> None:
    late = list(warnings(load_catalogue(), date(2030, 1, 1)))
    assert any("otp_not_received was to be reviewed by" in line for line in late)


def test_nothing_is_overdue_before_its_day() -> None:
    early = list(warnings(load_catalogue(), date(2026, 11, 23)))
    assert not any("was to be reviewed by" in line for line in early)


def test_a_page_that_nobody_looked_at_is_named() -> None:
    found = list(warnings(load_catalogue(), date(2026, 11, 23)))
    assert any("official_site was looked at live: never" in line for line in found)


def test_a_warning_never_fails_the_build() -> None:
    assert main() == 0
