"""The conversation stays where it was: reload, other pages, other windows, a broken line."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ASKED, GREETING, QUESTION, Visit, Widget

OFFLINE = "インターネットにつながっていません"
LOST = "前の会話は、ここからは開けませんでした"


@pytest.fixture
def asked(visit: Visit, customer: str) -> Widget:
    """Somebody on a customer's site, in the middle of the questions about a missing code."""
    widget = visit(customer, width=1280, height=800)
    widget.ask(QUESTION)
    widget.hears(ASKED)
    return widget


def again(page: Page) -> Widget:
    widget = Widget(page)
    widget.box.wait_for()
    return widget


def goes_on(widget: Widget) -> None:
    """The question that was open is still open."""
    widget.tap("開いたまま")
    widget.hears("何分くらいたちましたか")


def test_a_reload_shows_the_same_messages_and_the_same_question(asked: Widget) -> None:
    """Here the browser closes its storage to the frame; the page around it keeps the way back."""
    before = asked.said()
    asked.page.reload()
    widget = again(asked.page)
    assert widget.said() == before
    goes_on(widget)


def test_the_next_page_shows_the_same_conversation(asked: Widget) -> None:
    before = asked.said()
    asked.launcher.click()
    asked.page.get_by_role("link", name="次のページ").click()
    asked.page.wait_for_url("**/next")
    widget = Widget(asked.page).open()
    assert widget.said() == before
    goes_on(widget)


def test_a_second_window_shows_the_same_and_hears_what_comes(asked: Widget, customer: str) -> None:
    second = asked.page.context.new_page()
    second.goto(customer)
    other = Widget(second).open()
    assert other.said() == asked.said()
    goes_on(other)
    asked.page.bring_to_front()
    asked.hears("何分くらいたちましたか")
    assert asked.said() == other.said()


KEPT_AT = "() => JSON.parse(localStorage.getItem('helpbot-talk')).at"


def asked_and_kept(widget: Widget) -> Widget:
    """Ask; wait until the page has kept its way back anew, a moment after the answer is heard."""
    frame = widget.page.frames[-1]
    before = frame.evaluate(KEPT_AT)
    widget.tap("パスワードを忘れた")
    widget.hears("パスワード再登録")
    frame.wait_for_function(f"before => ({KEPT_AT})() > before", arg=before)
    return widget


def test_an_edited_token_opens_nothing_and_a_new_conversation_says_so(visit: Visit) -> None:
    asked = asked_and_kept(visit())
    asked.page.frames[-1].evaluate(
        """() => {
          const talk = JSON.parse(localStorage.getItem("helpbot-talk"));
          localStorage.setItem("helpbot-talk", JSON.stringify({...talk, token: talk.token + "x"}));
        }"""
    )
    asked.page.reload()
    widget = again(asked.page)
    expect(widget.frame.get_by_text(LOST)).to_be_visible()
    assert widget.persons() == []
    expect(widget.frame.get_by_text(GREETING).first).to_be_visible()


def test_a_cleared_storage_is_told(visit: Visit) -> None:
    asked = asked_and_kept(visit())
    asked.page.frames[-1].evaluate("localStorage.clear()")
    asked.page.reload()
    expect(again(asked.page).frame.get_by_text(LOST)).to_be_visible()


def test_a_first_visit_is_told_of_no_loss(visit: Visit) -> None:
    widget = visit()
    expect(widget.frame.get_by_text(GREETING).first).to_be_visible()
    assert widget.frame.get_by_text(LOST).count() == 0


def test_a_token_lost_under_way_keeps_what_was_written(asked: Widget, customer: str) -> None:
    second = asked.page.context.new_page()
    second.goto(customer)
    other = Widget(second).open()
    other.tap("その他")
    other.tap("この会話を消す")
    other.tap("消す")
    other.frame.get_by_text("消しました").wait_for()
    asked.page.bring_to_front()
    asked.ask("まだ来ません")
    expect(asked.frame.get_by_text(LOST)).to_be_visible(timeout=10_000)
    assert asked.persons() == []


def test_ten_seconds_without_network_are_told_and_the_message_arrives_once(asked: Widget) -> None:
    context = asked.page.context
    context.set_offline(True)
    expect(asked.frame.get_by_text(OFFLINE)).to_be_visible()
    asked.ask("閉じてしまいました")
    asked.page.wait_for_timeout(10_000)
    assert asked.persons() == [QUESTION]
    context.set_offline(False)
    asked.hears("やり直して")
    expect(asked.frame.get_by_text(OFFLINE)).to_be_hidden()
    asked.page.wait_for_timeout(1_500)
    assert asked.persons() == [QUESTION, "閉じてしまいました"]
    asked.page.reload()
    assert again(asked.page).persons() == [QUESTION, "閉じてしまいました"]


def test_an_answer_lost_on_its_way_is_not_asked_for_twice(asked: Widget) -> None:
    """The server took the message, the line broke before it could say so."""
    taken: list[str] = []

    def swallow(route) -> None:  # type: ignore[no-untyped-def]
        if route.request.method == "POST" and not taken:
            taken.append(route.fetch().text())
            route.abort()
        else:
            route.continue_()

    asked.page.route(re.compile(r"/messages$"), swallow)
    asked.ask("閉じてしまいました")
    asked.hears("やり直して")
    assert taken
    assert asked.persons() == [QUESTION, "閉じてしまいました"]


def test_a_broken_line_is_taken_up_behind_the_last_reply(asked: Widget) -> None:
    last = asked.log.locator(".bubble.bot").last.get_attribute("data-id")
    with asked.page.expect_request(re.compile("/events$")) as taken_up:
        asked.page.context.set_offline(True)
        asked.frame.get_by_text(OFFLINE).wait_for()
        asked.page.context.set_offline(False)
    assert taken_up.value.headers["last-event-id"] == last
