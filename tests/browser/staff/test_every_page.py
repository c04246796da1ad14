"""Every page of the console: axe finds nothing, nothing hangs over the edge."""

import pytest
from playwright.sync_api import Page

from tests.browser.axe import violations
from tests.browser.staff.conftest import Opener
from tests.scenarios.conftest import Person, Stack

PAGES = ["conversations", "queue", "queue/agreement", "takeover", "teaching", "unanswered",
         "answers", "answers/otp_not_received", "notices", "dashboard", "me", "receipt?number=x",
         "password", "login"]  # fmt: skip


@pytest.fixture(scope="module")
def page(staff: Opener, stack: Stack) -> Page:
    Person(stack.address).writes("ワンタイムパスワードが届きません")
    return staff("editor")


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing(page: Page, stack: Stack, address: str) -> None:
    page.goto(f"{stack.address}/staff/{address}")
    assert violations(page) == []


@pytest.mark.parametrize("address", PAGES)
def test_nothing_hangs_over_the_edge_of_a_telephone(page: Page, stack: Stack, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 568})
    page.goto(f"{stack.address}/staff/{address}")
    widths = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    page.set_viewport_size({"width": 1280, "height": 800})
    assert widths[0] <= widths[1]


def test_a_transcript_has_no_violations_either(page: Page, stack: Stack) -> None:
    page.goto(f"{stack.address}/staff/conversations")
    page.locator("tbody a").first.click()
    page.get_by_role("heading", name="会話の記録").wait_for()
    assert violations(page) == []
