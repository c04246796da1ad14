"""Nobody has to wait with the next tap: what is said meanwhile comes after what is on its way."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Visit, Widget

FORGOTTEN, LOCKED = "パスワードを忘れた", "ロックされた"


@pytest.fixture
def slow(visit: Visit) -> Widget:
    """A widget whose messages take a second to leave."""
    widget = visit()

    def late(route: Route) -> None:
        widget.page.wait_for_timeout(1000)
        route.continue_()

    widget.page.route(re.compile("/messages$"), late)
    return widget


def test_what_is_tapped_and_typed_meanwhile_is_answered_in_order(slow: Widget) -> None:
    slow.tap(FORGOTTEN)
    slow.tap(LOCKED)
    slow.ask("求人が出てこない")
    slow.hears("条件を減らして")
    assert slow.persons() == [FORGOTTEN, LOCKED, "求人が出てこない"]
    expect(slow.frame.locator("#pending")).to_be_hidden()


def test_what_waits_is_on_the_screen(slow: Widget) -> None:
    slow.tap(FORGOTTEN)
    slow.tap(LOCKED)
    expect(slow.frame.locator("#pending")).to_have_text(f"{FORGOTTEN}\n{LOCKED}")
    slow.hears("時間をおいて")


def test_a_button_tapped_twice_in_haste_is_said_once(slow: Widget) -> None:
    slow.frame.get_by_role("button", name=FORGOTTEN, exact=True).dblclick()
    slow.hears("ログイン画面で")
    assert slow.persons() == [FORGOTTEN]


def test_a_tap_at_the_moment_of_the_answer_is_not_lost(visit: Visit) -> None:
    widget = visit()
    replies = widget.log.locator(".bubble.bot")
    for already in range(1, 9):
        widget.tap(FORGOTTEN)
        expect(replies.nth(already)).to_be_visible(timeout=20_000)


def test_a_server_in_trouble_is_told_of_and_the_message_arrives_once(visit: Visit) -> None:
    widget = visit()
    answers = [503, 503]

    def troubled(route: Route) -> None:
        if answers:
            route.fulfill(status=answers.pop(), json={"message": "x", "receipt": "HB-0000-0000"})
        else:
            route.continue_()

    widget.page.route(re.compile("/messages$"), troubled)
    widget.tap(FORGOTTEN)
    expect(widget.frame.get_by_text("自動で送り直します")).to_be_visible()
    widget.hears("ログイン画面で")
    assert widget.persons() == [FORGOTTEN]
    expect(widget.frame.get_by_text("自動で送り直します")).to_be_hidden()
