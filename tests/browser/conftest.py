"""Debian's Chromium on the real stack."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.scenarios.conftest import Stack, stack

__all__ = ["stack"]

# Without these, Chromium knocks at its maker's door at every start.
_QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync",
          "--no-first-run", "--disable-quic", "--disable-gpu"]  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path="/usr/bin/chromium", chromium_sandbox=False, args=_QUIET
        )
        yield browser
        browser.close()


@pytest.fixture(params=[320, 1280], ids=["phone", "desktop"])
def page(request: pytest.FixtureRequest, browser: Browser, stack: Stack) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": request.param, "height": 568}, locale="ja-JP")
    page = context.new_page()
    page.goto(stack.address)
    page.get_by_text("自動でお答えする案内ボットです").wait_for()
    yield page
    context.close()
