"""Take the pictures in docs/images/ from the running bot, with Debian's Chromium."""

import os

from playwright.sync_api import Page, sync_playwright

from tools.paths import ROOT

IMAGES = ROOT / "docs" / "images"
WIDTHS = {"phone": 320, "desktop": 1280}


def _converse(page: Page, question: str) -> None:
    page.locator(".choices button").first.wait_for()
    page.locator("textarea").fill(question)
    page.locator("button[type=submit]").click()
    page.locator(".bubble.bot").nth(1).wait_for()
    page.wait_for_timeout(500)


def main() -> None:
    """Photograph the chat and the form at both widths."""
    address = f"http://127.0.0.1:{os.environ.get('HELPBOT_PORT', '8000')}"
    questions = (ROOT / "docs" / "images" / "questions.txt").read_text("utf-8").splitlines()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path="/usr/bin/chromium", chromium_sandbox=False
        )
        for name, width in WIDTHS.items():
            page = browser.new_page(viewport={"width": width, "height": 900}, locale="ja-JP")
            page.goto(address)
            _converse(page, questions[0])
            page.screenshot(path=IMAGES / f"chat-{name}.png")
            page.goto(address)
            _converse(page, questions[1])
            page.goto(page.locator("a[href*='/verify/']").last.get_attribute("href") or "")
            page.screenshot(path=IMAGES / f"form-{name}.png", full_page=True)
            page.locator("input[value=locked]").check()
            page.locator("button[type=submit]").click()
            page.locator(".card").wait_for()
            page.screenshot(path=IMAGES / f"result-{name}.png", full_page=True)
            page.context.close()
        browser.close()


if __name__ == "__main__":
    main()
