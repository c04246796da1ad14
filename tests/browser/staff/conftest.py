"""Staff in Debian's Chromium on the real stack."""

import re
import subprocess
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.scenarios.conftest import Person, Stack
from tests.support.servers import API_PYTHON, ROOT

PASSWORD = "kyou-mo-ii-tenki-desu"


@pytest.fixture(scope="session")
def let_in(stack: Stack) -> Callable[[str, str], str]:
    """Make an account the way an operator does; return its first password."""

    def make(name: str, role: str) -> str:
        done = subprocess.run(
            [API_PYTHON, "-m", "tools.staff_user", name, role],
            cwd=ROOT, env=stack.environment, check=True, capture_output=True, text=True,
        )  # fmt: skip
        return done.stdout.split()[-1]

    return make


Opener = Callable[[str], Page]


@pytest.fixture(scope="session")
def staff(browser: Browser, stack: Stack, let_in: Callable[[str, str], str]) -> Iterator[Opener]:
    """Return a page in which somebody with a role has signed in and chosen a password."""
    opened: dict[str, Page] = {}

    def open_as(name: str) -> Page:
        role = re.sub(r"\d", "", name)
        if name not in opened:
            first = let_in(name, role)
            size = {"width": 1280, "height": 800}
            page = browser.new_context(viewport=size, locale="ja-JP").new_page()
            sign_in(page, stack.address, name, first)
            page.get_by_label("今のパスワード").fill(first)
            page.get_by_label("新しいパスワード").fill(PASSWORD)
            page.get_by_role("button", name="変える").click()
            page.get_by_role("heading", name="会話").wait_for()
            opened[name] = page
        return opened[name]

    yield open_as
    for page in opened.values():
        page.context.close()


def sign_in(page: Page, address: str, name: str, password: str) -> None:
    """Fill the sign-in page in."""
    page.goto(f"{address}/staff/login")
    page.get_by_label("名前").fill(name)
    page.get_by_label("パスワード").fill(password)
    page.get_by_role("button", name="入る").click()


@pytest.fixture
def somebody(stack: Stack) -> Iterator[Person]:
    """A person on the website."""
    person = Person(stack.address)
    yield person
    person.http.close()
