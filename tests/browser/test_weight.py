"""Small and quick on an old phone, and flat in a long conversation."""

import gzip
import json
import re
import subprocess
import time
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import CDPSession

from tests.browser.conftest import GREETING, Enter, Widget
from tests.scenarios.conftest import Stack
from tests.support.servers import API_PYTHON, ROOT
from tools.build_widget import MANIFEST
from tools.paths import WIDGET

LIMIT_BYTES = 30_000
# Lighthouse's "slow 4G": 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back.
SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 750e3 / 8,
}


def built() -> list[Path]:
    names: dict[str, str] = json.loads((WIDGET / MANIFEST).read_text("utf-8"))
    return [WIDGET / name for name in names.values()]


def test_all_files_of_the_widget_have_30_kilobytes_together(stack: Stack) -> None:
    sizes = {path.name: len(gzip.compress(path.read_bytes())) for path in built()}
    assert len(sizes) == 4
    assert sum(sizes.values()) <= LIMIT_BYTES, sizes


def test_they_are_sent_compressed_and_kept_for_ever(stack: Stack) -> None:
    headers = {"Accept-Encoding": "gzip"}
    for path in built():
        answer = httpx.get(f"{stack.address}/static/widget/{path.name}", headers=headers)
        assert answer.headers["content-encoding"] == "gzip"
        assert "immutable" in answer.headers["cache-control"]
    assert httpx.get(f"{stack.address}/widget.js", headers=headers).headers["content-encoding"]


def test_the_syntax_is_no_newer_than_the_oldest_browsers_declared(stack: Stack) -> None:
    """ES2019 is what Safari 13, the oldest of package.json's browserslist, reads."""
    acorn = ROOT / "api/widget/node_modules/acorn/bin/acorn"
    for path in built():
        if path.suffix == ".js":
            command = [API_PYTHON.with_name("node"), acorn, "--ecma2019", "--silent", path]
            subprocess.run(command, check=True, timeout=60)


# Younger than the oldest browsers declared; esbuild turns syntax back, never what is called.
TOO_NEW = re.compile(
    r"\.at\(|replaceChildren|replaceAll\(|structuredClone|randomUUID|Object\.fromEntries\(.*groupBy"
    r"|allSettled|\.any\(|AbortSignal\.(timeout|any)|requestSubmit|hasOwn\(|showModal|findLast"
)


def test_nothing_is_called_that_the_oldest_browsers_lack(stack: Stack) -> None:
    for path in built():
        assert not TOO_NEW.search(path.read_text("utf-8")), path.name


def quickest(enter: Enter, stack: Stack) -> tuple[float, float]:
    """Return seconds from asking for the script to the launcher, from the tap to the greeting."""
    page = enter().new_page()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    page.goto(stack.address, wait_until="commit")
    widget = Widget(page)
    widget.launcher.wait_for()
    began = """performance.getEntriesByType("resource").find(e => /js$/.test(e.name)).startTime"""
    loaded = page.evaluate(f"() => (performance.now() - {began}) / 1000")
    tapped = time.monotonic()
    widget.launcher.click()
    widget.frame.get_by_text(GREETING).first.wait_for()
    opened = time.monotonic() - tapped
    page.context.close()
    return loaded, opened


@pytest.mark.alone
def test_on_slow_4g_the_launcher_is_there_in_a_second_and_the_chat_in_two(
    enter: Enter, stack: Stack
) -> None:
    """The best of five: other work on this machine makes none of them quicker."""
    tries = []
    while len(tries) < 5:
        tries.append(quickest(enter, stack))
        if tries[-1] <= (1, 2) and tries[-1][1] <= 2:
            break
    assert min(loaded for loaded, _ in tries) <= 1, tries
    assert min(opened for _, opened in tries) <= 2, tries


def memory(session: CDPSession) -> int:
    """Return the bytes of JavaScript in use after a clean-up."""
    session.send("HeapProfiler.collectGarbage")
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(int(each["value"]) for each in metrics if each["name"] == "JSHeapUsedSize")


def event(number: int) -> str:
    person = {"from": "person", "id": f"m-{number}", "text": f"質問{number}", "at": "x"}
    bot = {
        "from": "bot", "id": f"r-{number}", "in_reply_to": f"m-{number}", "text": "答え" * 20,
        "details": ["くわしい話" * 20] * 3, "easy": {"text": "やさしい", "details": ["話"]},
        "answer_id": "x", "choices": [{"id": "k", "label": "次", "topic": "x"}] * 4,
        "links": [], "source": None, "private": False,
    }  # fmt: skip
    told = ((name, json.dumps(body)) for name, body in (("message", person), ("reply", bot)))
    return "".join(f"event: {name}\ndata: {body}\n\n" for name, body in told)


def test_200_messages_leave_memory_flat(enter: Enter, stack: Stack) -> None:
    page = enter().new_page()
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    waiting: list[int] = []

    def tell(route) -> None:  # type: ignore[no-untyped-def]
        body = "".join(event(number) for number in waiting) or ":\n\n"
        waiting.clear()
        route.fulfill(status=200, content_type="text/event-stream", body=body)

    page.route(re.compile("/events$"), tell)
    page.goto(stack.address)
    widget = Widget(page).open()
    used = []
    for hundred in range(3):
        waiting.extend(range(hundred * 100, hundred * 100 + 100))
        page.frames[-1].evaluate("window.dispatchEvent(new Event('online'))")
        widget.log.locator(".bubble").nth(hundred * 200 + 200).wait_for(state="attached")
        used.append(memory(session))
    # What is on the screen is kept, and nothing else: little, and the same for each 200 messages.
    assert used[2] - used[0] < 3_000_000, used
    assert used[2] - used[1] < 2 * max(used[1] - used[0], 500_000), used
