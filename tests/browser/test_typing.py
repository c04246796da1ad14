"""Enter, as Japanese keyboards use it."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ASKED, QUESTION, Visit, Widget


@pytest.fixture
def typing(visit: Visit) -> Widget:
    widget = visit(width=1280, height=800)
    widget.box.fill("わんたいむ")
    return widget


def nothing_was_sent(widget: Widget) -> bool:
    widget.page.wait_for_timeout(300)
    return not widget.persons() and widget.frame.locator("#pending").is_hidden()


# The orders in which browsers report the Enter that confirms a conversion.
ENTER = "b.dispatchEvent(new KeyboardEvent('keydown', {{bubbles: true, key: 'Enter', {}}}))"
CHROME, CODE_229, PLAIN = (
    ENTER.format(mark) for mark in ("isComposing: true", "keyCode: 229", "keyCode: 13")
)
START, END = (
    f"b.dispatchEvent(new CompositionEvent('composition{moment}', {{bubbles: true}}))"
    for moment in ("start", "end")
)
ORDERS = {
    "chrome": [START, CHROME, END],
    "code 229": [START, CODE_229, END],
    "without a mark": [START, PLAIN, END],
    "safari": [START, END, CODE_229],
    "safari without a code": [START, END, PLAIN],
}


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS.keys())
def test_enter_that_confirms_a_conversion_sends_nothing_and_the_next_sends_once(
    typing: Widget, order: list[str]
) -> None:
    typing.box.evaluate(f"b => {{ {'; '.join(order)} }}")
    assert nothing_was_sent(typing)
    typing.box.press("Enter")
    typing.log.locator(".bubble.person").first.wait_for()
    typing.page.wait_for_timeout(300)
    assert typing.persons() == ["わんたいむ"]


def test_a_real_conversion_by_the_browser_is_not_cut_short(typing: Widget) -> None:
    typing.box.fill("")
    typing.box.focus()
    keyboard = typing.page.context.new_cdp_session(typing.page)
    reading = {"text": "ばんごう", "selectionStart": 4, "selectionEnd": 4}
    keyboard.send("Input.imeSetComposition", reading)
    typing.box.press("Enter")
    assert nothing_was_sent(typing)


def test_enter_sends_once(typing: Widget) -> None:
    typing.box.fill(QUESTION)
    typing.box.press("Enter")
    typing.hears(ASKED)
    assert typing.persons() == [QUESTION]


def test_shift_and_enter_break_the_line(typing: Widget) -> None:
    typing.box.press("Shift+Enter")
    typing.box.press_sequentially("二行目")
    assert nothing_was_sent(typing)
    expect(typing.box).to_have_value("わんたいむ\n二行目")


def test_escape_during_a_conversion_does_not_close_the_chat(typing: Widget) -> None:
    typing.box.evaluate(
        "b => b.dispatchEvent(new KeyboardEvent('keydown', "
        "{key: 'Escape', isComposing: true, bubbles: true}))"
    )
    expect(typing.box).to_be_visible()


def test_after_sending_the_input_keeps_the_focus(typing: Widget) -> None:
    typing.box.press("Enter")
    typing.log.locator(".bubble.person").first.wait_for()
    expect(typing.box).to_be_focused()
