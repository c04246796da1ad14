"""Take the pictures in docs/images/ from the running bot, with Debian's Chromium."""

import os

from playwright.sync_api import Browser, Page, sync_playwright

from tools.paths import ROOT

IMAGES = ROOT / "docs" / "images"
SIZES = {"phone": (320, 568), "tablet": (768, 900), "desktop": (1280, 800)}


def _ask(page: Page, question: str) -> None:
    """Open the widget on the page and wait for the answer to `question`."""
    page.locator("helpbot-widget .launcher").click()
    frame = page.frame_locator("helpbot-widget iframe")
    frame.locator("#composer textarea").fill(question)
    frame.locator("#composer button[type=submit]").click()
    frame.locator(".bubble.bot").nth(1).wait_for()
    page.wait_for_timeout(1000)


def _shoot(browser: Browser, address: str, name: str, questions: list[str]) -> None:
    """Photograph the chat, the form and its result at one size."""
    width, height = SIZES[name]
    for number, question in enumerate(questions):
        page = browser.new_page(viewport={"width": width, "height": height}, locale="ja-JP")
        page.goto(address)
        _ask(page, question)
        if number == 0:
            page.screenshot(path=IMAGES / f"chat-{name}.png")
        else:
            _shoot_form(page, name)
        page.context.close()


def _shoot_form(page: Page, name: str) -> None:
    link = page.frame_locator("helpbot-widget iframe").locator("a[href*='/verify/']").last
    page.goto(link.get_attribute("href") or "")
    page.screenshot(path=IMAGES / f"form-{name}.png", full_page=True)
    page.locator("input[value=locked]").check()
    page.locator("button[value=send]").click()
    page.locator(".card").wait_for()
    page.screenshot(path=IMAGES / f"result-{name}.png", full_page=True)


def main() -> None:
    """Photograph at three widths."""
    address = f"http://127.0.0.1:{os.environ.get('HELPBOT_PORT', '8000')}"
    questions = (IMAGES / "questions.txt").read_text("utf-8").splitlines()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path="/usr/bin/chromium", chromium_sandbox=False
        )
        for name in SIZES:
            _shoot(browser, address, name, questions)
        browser.close()


if __name__ == "__main__":
    main()
