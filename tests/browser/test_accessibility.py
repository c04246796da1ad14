"""WCAG 2.2 AA as far as machines can tell, and runs with a keyboard only."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.conftest import ASKED, GREETING, QUESTION, Enter, Visit, Widget
from tests.scenarios.conftest import Stack


def test_axe_finds_nothing_while_closed(enter: Enter, stack: Stack) -> None:
    page = enter().new_page()
    page.goto(stack.address)
    Widget(page).launcher.wait_for()
    assert violations(page) == []


def test_axe_finds_nothing_when_open(widget: Widget) -> None:
    assert violations(widget.page) == []


def test_axe_finds_nothing_while_typing_and_waiting(widget: Widget) -> None:
    widget.page.route(re.compile("/messages$"), lambda route: None)
    widget.ask("まだ来ません")
    widget.frame.locator("#pending").wait_for()
    widget.box.fill("それから")
    assert violations(widget.page) == []


def test_axe_finds_nothing_with_choices_drawings_and_the_panel(widget: Widget) -> None:
    widget.tap("画面の絵から選ぶ")
    widget.hears("いま、どの画面ですか")
    widget.tap("その他")
    widget.tap("この会話を消す")
    assert violations(widget.page) == []


def test_axe_finds_nothing_with_an_answer_unfolded_and_the_question_below(widget: Widget) -> None:
    widget.tap("パスワードを忘れた")
    widget.hears("ログイン画面で").get_by_text("くわしく").first.click()
    widget.tap("いいえ")
    assert violations(widget.page) == []


def test_axe_finds_nothing_with_an_error(widget: Widget) -> None:
    said = {"error": "text_too_long", "message": "長すぎました。", "receipt": "HB-0000-0000"}
    widget.page.route(re.compile("/messages$"), lambda route: route.fulfill(status=422, json=said))
    widget.ask("まだ来ません")
    expect(widget.frame.get_by_role("alert")).to_have_text("長すぎました。")
    expect(widget.box).to_have_attribute("aria-invalid", "true")
    expect(widget.box).to_have_value("まだ来ません")
    assert violations(widget.page) == []


def test_axe_finds_nothing_while_offline(widget: Widget) -> None:
    widget.page.context.set_offline(True)
    widget.frame.get_by_text("インターネットにつながっていません").wait_for()
    assert violations(widget.page) == []


def test_axe_finds_nothing_in_a_long_conversation(widget: Widget) -> None:
    replies = widget.log.locator(".bubble.bot")
    for already in range(1, 7):
        widget.tap("パスワードを忘れた")
        expect(replies.nth(already)).to_be_visible(timeout=20_000)
        widget.frame.locator("#status:empty").wait_for(state="attached")
    assert widget.log.locator(".bubble").count() > 12
    assert violations(widget.page) == []


@pytest.mark.parametrize("look", [{"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_axe_finds_nothing_in_other_colours(visit: Visit, look: dict) -> None:
    widget = visit(**look)
    widget.tap("パスワードを忘れた")
    widget.hears("ログイン画面で").get_by_text("くわしく").first.click()
    widget.tap("その他")
    assert violations(widget.page) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_on_the_form_the_memo_and_the_plain_page(
    enter: Enter, stack: Stack, width: int
) -> None:
    widget = Widget(enter(width=width).new_page())
    widget.page.goto(stack.address)
    widget.open().ask("ロックされているか調べて")
    link = widget.frame.get_by_role("link", name="見本で確認する画面を開く").last
    form = link.get_attribute("href", timeout=20_000)
    widget.tap("その他")
    memo = widget.frame.locator("#memo:not([hidden])").get_attribute("href")
    for address in (
        form,
        memo,
        f"{stack.address}/chat/plain",
        f"{stack.address}/chat/plain?easy=1",
    ):
        assert address
        widget.page.goto(address)
        assert violations(widget.page) == [], address


def test_the_log_is_polite_appended_only_and_each_reply_comes_once(visit: Visit) -> None:
    widget = visit()
    expect(widget.log).to_have_attribute("aria-live", "polite")
    widget.log.evaluate(
        """log => {
          window.seen = [];
          new MutationObserver(all => all.forEach(one => {
            one.addedNodes.forEach(n => window.seen.push(["+", n.dataset && n.dataset.id]));
            one.removedNodes.forEach(n => window.seen.push(["-", n.textContent]));
            if (one.type === "characterData") window.seen.push(["~", one.target.textContent]);
          })).observe(log, {childList: true, subtree: true, characterData: true});
        }"""
    )
    widget.tap("パスワードを忘れた")
    widget.hears("ログイン画面で")
    widget.page.wait_for_timeout(1500)
    seen = widget.page.frames[-1].evaluate("window.seen")
    shown = widget.log.locator(".bubble").evaluate_all("all => all.map(b => b.dataset.id)")
    assert seen == [["+", each] for each in shown[1:]]


def test_history_is_not_read_aloud_again(visit: Visit) -> None:
    widget = visit()
    widget.tap("パスワードを忘れた")
    widget.hears("ログイン画面で")
    log = "new MutationObserver(() => { const log = document.getElementById('log'); "
    log += "if (log) (window.lives ??= []).push([log.children.length, log.ariaLive]); })"
    widget.page.add_init_script(f"{log}.observe(document, {{subtree: true, childList: true}})")
    widget.page.reload()
    widget.box.wait_for()
    lives = widget.page.frames[-1].evaluate("window.lives")
    assert max(lives)[0] > 1
    assert {live for count, live in lives if count} == {"off"}


def press(widget: Widget, key: str, name: str) -> None:
    """Press `key` until the element with that name has the focus."""
    active = "document.activeElement.textContent.trim()"
    frame = widget.page.frames[-1]
    for _ in range(60):
        widget.page.keyboard.press(key)
        if frame.evaluate(active) == name:
            return
    raise AssertionError(f"{name} cannot be reached with {key}")


def test_a_keyboard_alone_gets_through_the_missing_code(enter: Enter, stack: Stack) -> None:
    page = enter(width=1280, height=800).new_page()
    page.goto(stack.address)
    widget = Widget(page)
    widget.launcher.wait_for()
    while page.evaluate("document.activeElement.localName") != "helpbot-widget":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    widget.frame.get_by_text(GREETING).first.wait_for()
    expect(widget.box).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    widget.hears(ASKED)
    expect(widget.box).to_be_focused()
    for choice, then in (
        ("開いたまま", "何分くらい"),
        ("10分より前", "ほかのメールは届いていますか"),
        ("届いている", "ログインのIDと同じかどうか"),
    ):
        press(widget, "Shift+Tab", choice)
        page.keyboard.press("Enter")
        widget.hears(then)
    page.keyboard.press("Escape")
    expect(widget.frame.locator("body")).to_be_hidden()
    assert page.evaluate("document.activeElement.shadowRoot.activeElement.textContent") == (
        "案内ボットに聞く"
    )


def test_touch_alone_gets_through_the_missing_code_on_a_small_phone(visit: Visit) -> None:
    widget = visit(width=320, height=568, has_touch=True, is_mobile=True)
    for label, then in (
        ("番号のメールが届かない", ASKED),
        ("開いたまま", "何分くらい"),
        ("10分より前", "ほかのメールは届いていますか"),
        ("届いている", "ログインのIDと同じかどうか"),
    ):
        widget.frame.get_by_role("button", name=label, exact=True).last.tap()
        widget.hears(then)


def test_a_phone_does_not_hide_the_greeting_behind_its_keyboard(visit: Visit) -> None:
    widget = visit(has_touch=True, is_mobile=True)
    expect(widget.box).not_to_be_focused()
    expect(widget.frame.get_by_role("heading", level=1)).to_be_focused()


def test_escape_closes_the_panel_first_and_returns_the_focus(visit: Visit) -> None:
    widget = visit(width=1280, height=800)
    widget.tap("その他")
    widget.page.keyboard.press("Escape")
    expect(widget.frame.get_by_role("button", name="その他")).to_be_focused()
    expect(widget.box).to_be_visible()


def test_the_launcher_says_whether_the_chat_is_open(visit: Visit) -> None:
    widget = visit(width=1280, height=800)
    expect(widget.launcher).to_have_attribute("aria-expanded", "true")
    widget.launcher.click()
    expect(widget.launcher).to_have_attribute("aria-expanded", "false")
    assert widget.page.locator("helpbot-widget iframe").get_attribute("title")


@pytest.mark.parametrize(
    "size", [{"width": 320, "height": 256}, {"width": 640, "height": 400, "device_scale_factor": 2}]
)
def test_zoomed_in_everything_is_reached_by_scrolling_down_only(visit: Visit, size: dict) -> None:
    """1280 x 1024 at 400 % are 320 x 256 CSS pixels (WCAG 1.4.10); at 200 % twice as many."""
    widget = visit(**size)
    widget.tap("パスワードを忘れた")
    widget.hears("ログイン画面で")
    widths = widget.frame.locator("html").evaluate("e => [e.scrollWidth, e.clientWidth]")
    assert widths[0] <= widths[1]
    for part in (widget.log.locator(".bubble").last, widget.box, widget.frame.locator("#more")):
        part.scroll_into_view_if_needed()
        expect(part).to_be_in_viewport()


def test_the_largest_letters_fit_a_small_phone(visit: Visit) -> None:
    widget = visit()
    widget.tap("その他")
    for _ in range(2):
        widget.frame.get_by_role("button", name=re.compile("文字の大きさ")).click()
    widget.tap("その他")
    widths = widget.frame.locator("html").evaluate("e => [e.scrollWidth, e.clientWidth]")
    assert widths[0] <= widths[1]
    widget.box.scroll_into_view_if_needed()
    expect(widget.box).to_be_in_viewport()


def test_nothing_moves_by_itself(visit: Visit) -> None:
    widget = visit(reduced_motion="reduce")
    moving = "all => all.map(e => getComputedStyle(e)).filter(s => s.animationName !== 'none' || "
    moving += "parseFloat(s.transitionDuration) > 0 || s.scrollBehavior === 'smooth').length"
    assert widget.frame.locator("*").evaluate_all(moving) == 0


@pytest.mark.parametrize(
    ("width", "height"), [(320, 256), (568, 320)], ids=["400 %", "on its side"]
)
def test_an_answer_is_in_view_where_there_is_little_room(
    visit: Visit, width: int, height: int
) -> None:
    widget = visit(width=width, height=height)
    widget.ask("パスワードを忘れました")
    step = widget.hears("ログイン画面で").locator(".first-step:visible")
    expect(step).to_be_in_viewport(ratio=0.5)


def test_after_a_choice_by_keyboard_the_focus_is_where_one_writes(visit: Visit) -> None:
    widget = visit(width=1280, height=800)
    widget.frame.get_by_role("button", name="パスワードを忘れた", exact=True).last.press("Enter")
    widget.hears("ログイン画面で")
    expect(widget.box).to_be_focused()


def test_the_title_keeps_its_line_in_the_largest_letters(visit: Visit) -> None:
    widget = visit(width=320, height=568)
    widget.tap("その他")
    for _ in range(2):
        widget.frame.locator("#size").click()
    height = widget.frame.locator("#title").evaluate("e => e.getBoundingClientRect().height")
    assert height < 70
