"""Debian's Chromium on the real stack, with the widget on a customer's site of another origin."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    FrameLocator,
    Locator,
    Page,
    expect,
    sync_playwright,
)

from tests.scenarios.conftest import Stack
from tests.support.servers import free_port

# What has to be there at once is timed; all else may take its time on a busy machine.
expect.set_options(timeout=15_000)
# Without these, Chromium knocks at its maker's door at every start.
_QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync",
          "--no-first-run", "--disable-quic", "--disable-gpu"]  # fmt: skip
LAUNCHER = "案内ボットに聞く"
QUESTION = "ワンタイムパスワードが届きません"
GREETING = "自動でお答えする案内ボットです"
# What the rules answer to the question: the first question of the flow.
ASKED = "いまも開いたままですか"


class _Customer(BaseHTTPRequestHandler):
    """Any path is a page of the customer's; `helpbot` is set by the fixture."""

    helpbot = ""

    def do_GET(self) -> None:
        body = (
            '<!doctype html><html lang="ja"><meta charset="utf-8"><title>お客様のページ</title>'
            f'<script src="{self.helpbot}/widget.js" async></script>'
            f'<body><main><h1>お客様のページ {self.path}</h1><a href="/next">次のページ</a></main>'
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        helpbot = self.helpbot
        policy = f"default-src 'none'; script-src {helpbot}; frame-src {helpbot}"
        self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def customer_site(port: int, helpbot: str) -> Iterator[str]:
    """Serve a site that embeds the widget under a strict policy of its own.

    It has another host name than the stack: a foreign site to the browser.
    """
    handler = type("Customer", (_Customer,), {"helpbot": helpbot})
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{port}"
        server.shutdown()


@pytest.fixture(scope="session")
def listed_port() -> int:
    return free_port()


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory, listed_port: int) -> Iterator[Stack]:
    """The real stack, which lets one customer's site frame the chat."""
    stack = Stack(tmp_path_factory.mktemp("stack") / "var")
    stack.environment["HELPBOT_FRAME_ANCESTORS"] = f"http://localhost:{listed_port}"
    stack.up()
    yield stack
    if stack.process.poll() is None:
        stack.stop()


@pytest.fixture(scope="session")
def customer(stack: Stack, listed_port: int) -> Iterator[str]:
    """A site on the list."""
    with customer_site(listed_port, stack.address) as address:
        yield address


@pytest.fixture(scope="session")
def stranger(stack: Stack) -> Iterator[str]:
    """A site that is on no list."""
    with customer_site(free_port(), stack.address) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path="/usr/bin/chromium", chromium_sandbox=False, args=_QUIET
        )
        yield browser
        browser.close()


class Widget:
    """The chat as a person meets it on some page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.frame: FrameLocator = page.frame_locator("helpbot-widget iframe")
        self.box = self.frame.get_by_label("困っていること", exact=True)
        self.log = self.frame.get_by_role("log")
        self.launcher = page.get_by_role("button", name=LAUNCHER)

    def open(self) -> "Widget":
        """Press the launcher and wait for the greeting."""
        self.launcher.click()
        self.frame.get_by_text(GREETING).first.wait_for()
        self.box.wait_for()
        return self

    def ask(self, text: str) -> None:
        """Write and send."""
        self.box.fill(text)
        self.frame.get_by_role("button", name="送る").click()

    def tap(self, label: str) -> None:
        """Tap the latest button with that label."""
        self.frame.get_by_role("button", name=label, exact=True).last.click()

    def hears(self, text: str) -> Locator:
        """Wait until the latest bubble of the bot says `text`; return it."""
        bubble = self.log.locator(".bubble.bot", has_text=text).last
        bubble.wait_for(timeout=25_000)
        self.frame.locator("#status:empty").wait_for(state="attached")
        return bubble

    def said(self) -> list[str]:
        """Return everything on the screen, in order."""
        return self.log.locator(".bubble p:not(.who):visible").all_inner_texts()

    def persons(self) -> list[str]:
        """Return what the person said, as the log has it."""
        return self.log.locator(".bubble.person p:not(.who)").all_inner_texts()


Enter = Callable[..., BrowserContext]


@pytest.fixture
def enter(browser: Browser) -> Iterator[Enter]:
    """Return what makes fresh browser profiles; all are closed at the end."""
    made: list[BrowserContext] = []

    def make(width: int = 320, height: int = 568, **options: object) -> BrowserContext:
        size = {"width": width, "height": height}
        made.append(browser.new_context(viewport=size, locale="ja-JP", **options))
        return made[-1]

    yield make
    for context in made:
        context.close()


@pytest.fixture
def visit(enter: Enter, stack: Stack) -> Callable[..., Widget]:
    """Open a page with the widget on it, and the widget."""

    def visited(address: str = stack.address, **options: object) -> Widget:
        page = enter(**options).new_page()
        page.goto(address)
        return Widget(page).open()

    return visited


Visit = Callable[..., Widget]


@pytest.fixture(params=[320, 1280], ids=["phone", "desktop"])
def widget(request: pytest.FixtureRequest, visit: Visit) -> Widget:
    height = 568 if request.param == 320 else 800
    return visit(width=request.param, height=height)
