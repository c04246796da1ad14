"""What the gate of the advisories lets through."""

from datetime import date
from typing import Any

from tools.audit import Risk, complaints, overdue, read_accepted, unseen

RISK = Risk("CVE-1", "keras", "never loaded", date(2027, 5, 31))


def report(*ids: str) -> dict[str, Any]:
    found = [{"id": "GHSA-of-it", "aliases": list(ids)}] if ids else []
    return {"dependencies": [{"name": "keras", "version": "2.12.0", "vulns": found}]}


def test_an_accepted_advisory_passes() -> None:
    assert complaints([report("CVE-1")], [RISK]) == []


def test_an_unknown_advisory_stops() -> None:
    assert complaints([report("CVE-1"), report("CVE-2")], [RISK]) == [
        "keras 2.12.0: CVE-2, GHSA-of-it is not accepted"
    ]


def test_the_same_number_accepted_for_another_package_does_not_help() -> None:
    other = Risk("CVE-1", "dask", "no cluster", date(2027, 5, 31))
    assert "keras 2.12.0: CVE-1, GHSA-of-it is not accepted" in complaints(
        [report("CVE-1")], [other]
    )


def test_what_is_gone_has_to_leave_the_list() -> None:
    assert complaints([report()], [RISK]) == ["keras: CVE-1 is accepted, but no longer there"]


def test_a_review_that_is_late_stops() -> None:
    assert overdue([RISK], date(2027, 6, 1)) == [
        "keras: CVE-1 had to be looked at again by 2027-05-31"
    ]


def test_a_review_is_in_time_on_its_last_day() -> None:
    assert overdue([RISK], RISK.review) == []


def test_a_package_that_was_not_asked_about_is_named() -> None:
    skipped = {"dependencies": [{"name": "dask", "skip_reason": "not found"}]}
    assert unseen([skipped]) == ["dask"]


def test_each_accepted_risk_says_why() -> None:
    assert all(len(each.why) > 40 for each in read_accepted())
