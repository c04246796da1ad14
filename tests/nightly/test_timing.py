"""Two hundred trials of each kind: the time of an answer tells nobody who exists.

Each run writes docs/reports/timing.md.
"""

import platform
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.scenarios.beside import gateway
from tests.scenarios.conftest import Stack
from tests.scenarios.strangers import timed_form, timed_handles
from tests.support.servers import ROOT

TRIALS, MOST_SECONDS = 200, 0.020
REPORT = ROOT / "docs" / "reports" / "timing.md"


@pytest.fixture(scope="module")
def live(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with gateway(stack, "live", tmp_path_factory.mktemp("live")) as address:
        yield address


@pytest.fixture(scope="module")
def report() -> Iterator[list[str]]:
    lines = [
        "# Time of an answer, by what stands behind it",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {TRIALS} trials of each kind, taken "
        "in turn. Made by `make nightly` (tests/nightly/test_timing.py).",
        f"Bar: the 95th percentiles lie within {MOST_SECONDS * 1000:.0f} ms of each other.",
    ]
    yield lines
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text("\n".join(lines) + "\n", "utf-8")


def note(report: list[str], title: str, p95: dict[str, float]) -> float:
    spread = max(p95.values()) - min(p95.values())
    report += ["", f"## {title}", "", "| kind | p95, ms |", "|---|---|"]
    report += [f"| {kind} | {seconds * 1000:.1f} |" for kind, seconds in p95.items()]
    report.append(f"\nDifference: {spread * 1000:.1f} ms.")
    return spread


def test_the_account_api_takes_the_same_time(stack: Stack, report: list[str]) -> None:
    assert note(report, "Account API", timed_handles(stack, TRIALS)) <= MOST_SECONDS


def test_the_form_takes_the_same_time(live: str, report: list[str]) -> None:
    assert note(report, "Form", timed_form(live, TRIALS)) <= MOST_SECONDS
