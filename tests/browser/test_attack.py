"""People who mean harm: smuggled scripts, foreign windows, foreign frames, stolen tokens."""

import json
import re
from pathlib import Path

import httpx
import pytest
import yaml
from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter, Visit, Widget
from tests.scenarios.conftest import Stack

CORPUS = yaml.safe_load((Path(__file__).parents[1] / "data/xss.yml").read_text("utf-8"))
LISTEN = "window.__xss = () => { window.__harm = true; }"
# What our own bubbles are made of.
OURS = "div, p, details, summary, button, a, span, img[src^='/static/screens/'], ruby, rt, rp"
HOSTS = ("http://127.0.0.1", "https://www.hellowork.mhlw.go.jp/", "https://jsite.mhlw.go.jp/")


def is_inert(page: Page, log: str = "#log") -> None:
    """Nothing ran, nothing is in the log that we do not build, no link leads astray."""
    page.wait_for_timeout(500)
    for frame in page.frames:
        assert frame.evaluate("window.__harm === undefined && !document.querySelector('base')")
    frame = page.frames[-1]
    assert frame.locator(f"{log} *:not({OURS})").count() == 0
    attributes = "all => all.flatMap(e => e.getAttributeNames()).filter(n => n.startsWith('on'))"
    assert frame.locator("body *").evaluate_all(attributes) == []
    links = frame.locator(f"{log} a").evaluate_all("all => all.map(a => a.href)")
    astray = [link for link in links if not link.startswith(HOSTS)]
    # Telephone numbers lead to the telephone, and to nothing else.
    assert [link for link in astray if not re.fullmatch("tel:0[0-9]{9}", link)] == []


@pytest.fixture
def watched(enter: Enter, stack: Stack) -> Page:
    page = enter(width=1280, height=800).new_page()
    page.add_init_script(LISTEN)
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    return page


def test_fifty_smuggled_scripts_written_by_a_person_are_text(watched: Page, stack: Stack) -> None:
    with httpx.Client(base_url=stack.address) as http:
        opened = http.post("/chat/conversations").json()
        path = f"/chat/conversations/{opened['conversation_id']}/messages"
        headers = {"Authorization": f"Bearer {opened['token']}"}
        for number, text in enumerate(CORPUS):
            body = {"client_message_id": str(number), "text": text}
            assert http.post(path, json=body, headers=headers).status_code == 202
    talk = {"id": opened["conversation_id"], "token": opened["token"], "at": 9e15}
    watched.add_init_script(f"localStorage['helpbot-talk'] = {json.dumps(json.dumps(talk))}")
    watched.goto(stack.address)
    widget = Widget(watched)
    widget.launcher.click()
    widget.log.locator(".bubble.person").nth(49).wait_for()
    assert "<svg onload=__xss()>" in widget.persons()
    is_inert(watched)


def reply(number: int, text: str) -> dict:
    """A reply as the catalogue would give it if somebody had got at it."""
    return {
        "from": "bot", "at": "2026-11-23T00:00:00Z", "created_at": "2026-11-23T00:00:00Z",
        "id": f"r-{number}", "in_reply_to": None, "text": text, "details": [text],
        "easy": {"text": text, "details": [text]}, "topics": [], "answer_id": text,
        "answer_version": text, "private": False,
        "choices": [{"id": text, "label": text, "topic": text, "picture": text}],
        "links": [{"label": text, "url": text}],
        "source": {"url": text, "source_date": text, "read_on": text, "verified_live_on": None},
    }  # fmt: skip


def test_fifty_smuggled_scripts_in_the_catalogue_are_text(watched: Page, stack: Stack) -> None:
    opened = {
        "conversation_id": "c-x",
        "token": "t",
        "replies": [reply(number, text) for number, text in enumerate(CORPUS)],
    }
    watched.route(
        re.compile("/chat/conversations$"), lambda route: route.fulfill(status=201, json=opened)
    )
    watched.goto(stack.address)
    widget = Widget(watched)
    widget.launcher.click()
    widget.log.locator(".bubble.bot").nth(49).wait_for()
    widget.frame.locator("details").evaluate_all("all => all.forEach(e => { e.open = true; })")
    expect(widget.log.get_by_text("<svg onload=__xss()>", exact=True).first).to_be_attached()
    is_inert(watched)


def test_fifty_smuggled_scripts_on_the_plain_page_are_text(watched: Page, stack: Stack) -> None:
    watched.goto(f"{stack.address}/chat/plain")
    for text in CORPUS[::10]:
        watched.get_by_label(re.compile("困っていること")).fill(text)
        watched.get_by_role("button", name="送る").click()
        watched.locator(".bubble.person").last.wait_for()
    is_inert(watched, "section")


# Whoever is not the frame we made, or not the page around us, is not listened to.
COMMANDS = [{"helpbot": "close"}, {"helpbot": "hidden"}, {"helpbot": "keep", "kept": '{"a":1}'}]


def test_messages_from_a_foreign_window_do_nothing(
    visit: Visit, customer: str, stranger: str
) -> None:
    widget = visit(customer, width=1280, height=800)
    widget.tap("パスワードを忘れた")
    widget.hears("ログイン画面で")
    with widget.page.expect_popup() as opened:
        widget.page.evaluate("address => window.open(address)", stranger)
    foreign = opened.value
    foreign.wait_for_load_state()
    kept = widget.page.evaluate("localStorage.getItem('helpbot-kept')")
    foreign.evaluate(
        """commands => commands.forEach(one => {
          opener.postMessage(one, "*");
          for (let i = 0; i < opener.frames.length; i += 1) opener.frames[i].postMessage(one, "*");
        })""",
        [*COMMANDS, {"helpbot": "opened", "kept": '{"helpbot-talk":"{}"}'}],
    )
    widget.page.bring_to_front()
    widget.page.wait_for_timeout(500)
    expect(widget.box).to_be_visible()
    assert widget.page.evaluate("localStorage.getItem('helpbot-kept')") == kept
    widget.ask("もう一度見せて")
    widget.log.locator(".bubble.bot").nth(2).wait_for()


def test_a_site_that_is_not_on_the_list_cannot_frame_the_chat(enter: Enter, stranger: str) -> None:
    page = enter(width=1280, height=800).new_page()
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text))
    page.goto(stranger)
    widget = Widget(page)
    widget.launcher.click()
    page.wait_for_timeout(1_500)
    expect(widget.box).to_have_count(0)
    assert any("frame-ancestors" in each for each in refused)


@pytest.mark.parametrize("path", ["/", "/chat/plain", "/verify/x", "/memo/x"])
def test_no_other_page_can_be_framed_by_anybody(stack: Stack, path: str) -> None:
    policy = httpx.get(f"{stack.address}{path}").headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy


def test_the_token_stands_in_no_address_and_no_page(visit: Visit) -> None:
    widget = visit()
    asked: list[str] = []
    widget.page.on("request", lambda request: asked.append(request.url))
    widget.tap("パスワードを忘れた")
    widget.hears("ログイン画面で")
    frame = widget.page.frames[-1]
    token = frame.evaluate("JSON.parse(localStorage['helpbot-talk']).token")
    assert len(token) >= 32
    assert not [url for url in asked if token in url]
    assert token not in frame.content()


def test_a_foreign_conversation_is_not_opened_with_ones_own_token(stack: Stack) -> None:
    with httpx.Client(base_url=stack.address) as http:
        mine, theirs = (http.post("/chat/conversations").json() for _ in range(2))
        path = f"/chat/conversations/{theirs['conversation_id']}"
        headers = {"Authorization": f"Bearer {mine['token']}"}
        for method, tail in (
            ("GET", "/messages"), ("GET", "/events"), ("GET", "/memo"), ("DELETE", ""),
        ):  # fmt: skip
            answer = http.request(method, path + tail, headers=headers)
            assert answer.status_code == 401, tail
            assert theirs["conversation_id"] not in answer.text


def test_a_foreign_site_cannot_put_its_conversation_into_the_plain_page(stack: Stack) -> None:
    answer = httpx.post(
        f"{stack.address}/chat/plain/continue",
        data={"conversation_id": "c-theirs", "token": "theirs"},
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert answer.status_code == 422
    assert "set-cookie" not in answer.headers
