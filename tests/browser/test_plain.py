"""No JavaScript, and scripts that do not come up."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ASKED, QUESTION, Enter, Visit, Widget
from tests.scenarios.conftest import Stack


@pytest.fixture
def plain(enter: Enter, stack: Stack) -> Page:
    page = enter(java_script_enabled=False).new_page()
    page.goto(f"{stack.address}/chat/plain")
    return page


def write(page: Page, text: str) -> None:
    page.get_by_label(re.compile("困っていること")).fill(text)
    page.get_by_role("button", name="送る").click()


def test_the_missing_code_is_gone_through_without_javascript(plain: Page) -> None:
    write(plain, QUESTION)
    for label, then in (
        ("開いたまま", "何分くらい"),
        ("10分より前", "ほかのメールは届いていますか"),
        ("届いている", "ログインのIDと同じかどうか"),
    ):
        plain.get_by_role("button", name=label, exact=True).last.click()
        expect(plain.locator(".bubble.bot", has_text=then).last).to_be_visible()
    plain.get_by_role("button", name="はい", exact=True).click()
    expect(plain.get_by_text("お知らせいただき、ありがとうございます")).to_be_visible()


def test_a_button_of_the_greeting_begins_the_conversation(plain: Page) -> None:
    plain.get_by_role("button", name="番号のメールが届かない").click()
    expect(plain.locator(".bubble.bot", has_text=ASKED)).to_be_visible()


def test_a_customers_page_without_javascript_leads_to_the_plain_page(
    enter: Enter, stack: Stack
) -> None:
    page = enter(java_script_enabled=False).new_page()
    page.goto(stack.address)
    page.get_by_role("link", name="文字だけの画面で使う").first.click()
    expect(page.get_by_role("button", name="送る")).to_be_visible()


def test_the_rest_unfolds_and_easy_japanese_has_readings(plain: Page) -> None:
    write(plain, "パスワードを忘れました")
    plain.get_by_role("link", name="やさしい日本語").click()
    expect(plain.locator("ruby rt").first).to_be_visible()
    more = plain.locator(".bubble.bot details").last
    more.get_by_text("くわしく").click()
    expect(more.locator("p").first).to_be_visible()


def test_a_conversation_is_taken_back_without_javascript(plain: Page) -> None:
    write(plain, "パスワードを忘れました")
    plain.get_by_text("この会話を消す").click()
    plain.get_by_role("button", name="消す", exact=True).click()
    expect(plain.get_by_text(re.compile(r"受付番号：HB-\w{4}-\w{4}"))).to_be_visible()
    plain.get_by_role("link", name="新しい会話を始める").click()
    assert plain.locator(".bubble.person").count() == 0


def test_the_lock_check_works_without_javascript(plain: Page) -> None:
    write(plain, "ロックされているか調べて")
    plain.get_by_role("link", name="見本で確認する画面を開く").click()
    plain.get_by_label("ロック中の見本さん").check()
    plain.get_by_role("button", name="結果を見る").click()
    expect(plain.get_by_text(re.compile("【見本】.*ロックされています"))).to_be_visible()


def test_the_plain_page_goes_on_with_the_widgets_conversation(visit: Visit) -> None:
    widget = visit()
    widget.ask(QUESTION)
    widget.hears(ASKED)
    widget.tap("その他")
    with widget.page.expect_popup() as opened:
        widget.frame.get_by_role("link", name=re.compile("文字だけの画面")).click()
    plain = opened.value
    expect(plain.get_by_text(QUESTION, exact=True)).to_be_visible()
    plain.get_by_role("button", name="開いたまま", exact=True).last.click()
    expect(plain.get_by_text("何分くらいたちましたか")).to_be_visible()


def test_a_chat_script_that_fails_shows_the_way_to_the_plain_page(
    enter: Enter, stack: Stack
) -> None:
    page = enter().new_page()
    page.route(re.compile(r"/static/widget/chat-.*\.js"), lambda route: route.abort())
    page.goto(stack.address)
    widget = Widget(page)
    widget.launcher.click()
    with page.expect_popup() as opened:
        widget.frame.get_by_role("link", name="文字だけの画面で使う").first.click()
    expect(opened.value.get_by_role("button", name="送る")).to_be_visible()


def test_menu_person_and_memo_are_there_without_javascript(plain: Page) -> None:
    write(plain, "パスワードを忘れました")
    plain.get_by_role("button", name="メニュー", exact=True).click()
    expect(plain.locator(".bubble.bot").last).to_contain_text("選んで")
    plain.get_by_role("button", name="担当者と話す", exact=True).click()
    expect(plain.locator(".bubble.bot", has_text="人に相談できるのは").last).to_be_visible()
    plain.get_by_role("link", name="相談メモを開く").click()
    expect(plain.get_by_role("heading", name="相談メモ")).to_be_visible()


def test_a_button_of_the_page_sends_nothing_that_stands_in_the_field(plain: Page) -> None:
    plain.get_by_label("困っていること").fill("まだ途中です")
    plain.get_by_role("button", name="メニュー", exact=True).click()
    expect(plain.locator(".bubble.person")).to_have_text(re.compile("メニュー"))


def test_a_frame_that_never_comes_up_is_closed_again_on_a_phone(enter: Enter, stack: Stack) -> None:
    page = enter(width=320, height=568).new_page()
    page.route(re.compile("/chat/frame"), lambda route: route.abort())
    page.goto(stack.address)
    launcher = Widget(page).launcher
    launcher.click()
    page.locator("helpbot-widget").get_by_role("button", name="閉じる").click(timeout=12_000)
    expect(launcher).to_be_visible()


def test_a_frame_that_never_comes_up_shows_the_way_too(enter: Enter, stack: Stack) -> None:
    page = enter().new_page()
    page.route(re.compile("/chat/frame"), lambda route: route.abort())
    page.goto(stack.address)
    Widget(page).launcher.click()
    way = page.locator("helpbot-widget").get_by_role("link", name="文字だけの画面で使う")
    expect(way).to_be_visible(timeout=12_000)
