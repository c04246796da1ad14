"""Take the pictures of the staff guide from the running bot, with Debian's Chromium.

    python -m tools.staff_screenshots

Lets somebody in as `make staff-user` does, and signs in as a person would.
"""

import os
import secrets
import subprocess
import sys

from playwright.sync_api import Page, ViewportSize, sync_playwright

from tools.paths import ROOT

IMAGES = ROOT / "docs" / "images"
SIZE = ViewportSize(width=1280, height=800)


def _let_in(name: str) -> str:
    """Make an account and return its first password."""
    done = subprocess.run(
        [sys.executable, "-m", "tools.staff_user", name, "editor"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout.split()[-1]


def _sign_in(page: Page, address: str) -> None:
    """Photograph the door, then go through it."""
    name = f"guide-{secrets.token_hex(3)}"
    first = _let_in(name)
    page.goto(f"{address}/staff/login")
    _shoot(page, "login")
    page.locator("input[name=name]").fill(name)
    page.locator("input[name=password]").fill(first)
    page.locator("form.narrow button.main").click()
    page.locator("input[name=old]").fill(first)
    page.locator("input[name=new]").fill(secrets.token_hex(12))
    page.locator("form.narrow button.main").click()
    page.wait_for_url("**/staff/conversations*")


def _shoot(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / f"staff-{name}.png")


def _tour(page: Page, address: str) -> None:
    """Go where the guide goes."""
    page.goto(f"{address}/staff/conversations")
    # The list goes on by itself as people write: a picture does not wait for it to rest.
    page.screenshot(path=IMAGES / "staff-conversations.png")
    page.locator("td a").first.click()
    _shoot(page, "transcript")
    page.goto(f"{address}/staff/queue")
    _shoot(page, "queue")
    page.locator("select[name=topic]").select_option(index=1)
    page.locator("button[value=wrong_teach]").click()
    page.wait_for_url("**/staff/teaching/new/*")
    _shoot(page, "teaching")
    page.goto(f"{address}/staff/answers/password_forgot")
    _shoot(page, "answer")
    page.goto(f"{address}/staff/dashboard")
    _shoot(page, "dashboard")


def main() -> None:
    """Photograph each page of the guide once."""
    address = f"http://127.0.0.1:{os.environ.get('HELPBOT_PORT', '8000')}"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path="/usr/bin/chromium", chromium_sandbox=False
        )
        page = browser.new_page(viewport=SIZE, locale="ja-JP")
        _sign_in(page, address)
        _tour(page, address)
        browser.close()


if __name__ == "__main__":
    main()
