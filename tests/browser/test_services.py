"""Beside the answers: easy Japanese, large letters, paper, a person, taking it back."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, Widget
from tests.scenarios.conftest import Stack, wait_until

STEP = "公式サイトのログイン画面で"


@pytest.fixture
def answered(visit: Visit) -> Widget:
    widget = visit()
    widget.tap("パスワードを忘れた")
    widget.hears(STEP)
    return widget


@pytest.fixture
def gateway(stack: Stack) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(Path(stack.var) / "gateway.db")) as database:
        yield database


def test_the_switch_shows_easy_japanese_with_readings_and_keeps_it(answered: Widget) -> None:
    answered.tap("その他")
    answered.tap("やさしい日本語")
    last = answered.log.locator(".bubble.bot").last
    expect(last.locator(".first-step.usual")).to_be_hidden()
    expect(last.locator(".first-step.easy ruby rt").first).to_be_visible()
    answered.page.reload()
    answered.box.wait_for()
    expect(answered.log.locator(".first-step.easy").last).to_be_visible()


def test_asking_for_easy_japanese_in_words_gives_readings_too(answered: Widget) -> None:
    answered.ask("やさしい日本語で")
    answered.log.locator(".bubble").nth(4).wait_for()
    assert answered.log.locator(".bubble.bot").last.locator("rt").count() > 0


def test_letters_grow_in_two_steps_and_stay(answered: Widget) -> None:
    root = "getComputedStyle(document.documentElement).fontSize"
    sizes = [answered.page.frames[-1].evaluate(root)]
    answered.tap("その他")
    for _ in range(2):
        answered.frame.get_by_role("button", name=re.compile("文字の大きさ")).click()
        sizes.append(answered.page.frames[-1].evaluate(root))
    assert sizes == ["16px", "20px", "24px"]
    answered.page.reload()
    answered.box.wait_for()
    assert answered.page.frames[-1].evaluate(root) == "24px"


def test_yes_and_no_are_written_down_with_the_answers_id_and_version(
    answered: Widget, gateway: sqlite3.Connection
) -> None:
    reply = answered.log.locator(".bubble.bot").last.get_attribute("data-id")
    find = "SELECT f.solved, f.answer_id, f.answer_version = r.answer_version FROM feedback f "
    find += "JOIN replies r ON r.id = f.reply_id WHERE r.id = ?"
    answered.tap("いいえ")
    wait_until(lambda: gateway.execute(find, [reply]).fetchall() == [(0, "password_forgot", 1)], 5)
    expect(answered.frame.get_by_role("button", name="担当者と話す").last).to_be_visible()


def test_no_offers_other_ways(answered: Widget) -> None:
    answered.tap("いいえ")
    answered.tap("ほかの方法を見る")
    answered.log.locator(".bubble.person").nth(1).wait_for()
    answered.frame.locator("#status:empty").wait_for(state="attached")
    assert answered.log.locator(".bubble.bot").last.locator(".choices button").count() > 0


def test_a_question_is_not_asked_whether_it_solved_anything(visit: Visit) -> None:
    widget = visit()
    widget.ask("ワンタイムパスワードが届きません")
    widget.hears("いまも開いたままですか")
    expect(widget.frame.get_by_text("解決しましたか")).to_be_hidden()


def test_asking_for_a_person_says_where_people_are(answered: Widget) -> None:
    answered.tap("その他")
    answered.tap("担当者と話す")
    answered.hears("人に相談できるのは")


def test_the_memo_page_opens_from_the_panel(answered: Widget) -> None:
    answered.tap("その他")
    with answered.page.expect_popup() as opened:
        answered.frame.get_by_role("link", name=re.compile("相談メモを開く")).click()
    expect(opened.value.get_by_role("heading", name="相談メモ")).to_be_visible()
    expect(opened.value.get_by_text("パスワードを忘れた", exact=True)).to_be_visible()


def test_the_conversation_is_saved_as_a_text(answered: Widget, tmp_path: Path) -> None:
    answered.tap("その他")
    with answered.page.expect_download() as kept:
        answered.tap("会話を保存する")
    kept.value.save_as(tmp_path / "talk.txt")
    text = (tmp_path / "talk.txt").read_text("utf-8-sig")
    assert STEP in text
    assert "公式サービスではありません" in text
    assert "はじめに" not in text
    assert "https://" in text
    assert re.search(r"20\d\d/\d+/\d+", text)


def test_paper_gets_the_unfolded_words_and_no_controls(answered: Widget) -> None:
    frame = answered.page.frames[-1]
    frame.evaluate("window.print = () => { window.printed = true; }")
    answered.tap("その他")
    answered.tap("印刷する")
    assert frame.evaluate("window.printed") is True
    frame.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    answered.page.emulate_media(media="print")
    expect(answered.log.locator("details.usual").last).to_have_attribute("open", "")
    expect(answered.box).to_be_hidden()
    expect(answered.log.locator(".choices").last).to_be_hidden()


def test_a_conversation_can_be_taken_back(answered: Widget, gateway: sqlite3.Connection) -> None:
    reply = answered.log.locator(".bubble.bot").last.get_attribute("data-id")
    answered.tap("その他")
    answered.tap("この会話を消す")
    expect(answered.frame.get_by_role("button", name="やめる")).to_be_focused()
    answered.tap("消す")
    notice = answered.frame.get_by_text(re.compile(r"消しました。受付番号：HB-\w{4}-\w{4}"))
    expect(notice).to_be_visible()
    assert answered.persons() == []
    assert gateway.execute("SELECT id FROM replies WHERE id = ?", [reply]).fetchall() == []


def test_taking_back_can_be_stopped(answered: Widget) -> None:
    answered.tap("その他")
    answered.tap("この会話を消す")
    answered.tap("やめる")
    expect(answered.frame.get_by_role("button", name="この会話を消す")).to_be_focused()
    assert answered.persons() == ["パスワードを忘れた"]


def test_every_answer_names_its_page_and_date(answered: Widget) -> None:
    source = answered.log.locator(".bubble.bot").last.locator(".source")
    expect(source).to_have_text(re.compile(r"公式の案内.*\d{4}年\d+月"))
    address = source.get_by_role("link").get_attribute("href") or ""
    assert re.match(r"https://(www\.hellowork|jsite|www)\.mhlw\.go\.jp/", address)


def test_what_only_this_browser_may_see_is_shown_and_never_kept(
    answered: Widget, tmp_path: Path
) -> None:
    placeholder = answered.log.locator(".bubble.bot").last.get_attribute("data-id")
    reply = {
        "id": placeholder, "in_reply_to": None, "text": "【見本】ロック中です。", "details": [],
        "answer_id": "lock_check_result", "choices": [], "links": [], "source": None,
        "private": True,
    }  # fmt: skip
    answered.page.route(
        re.compile("/private$"), lambda route: route.fulfill(json={"replies": [reply]})
    )
    answered.page.reload()
    answered.box.wait_for()
    expect(answered.log.get_by_text("【見本】ロック中です")).to_be_visible()
    kept = answered.page.frames[-1].evaluate("JSON.stringify(localStorage)")
    assert "見本" not in kept
    answered.tap("その他")
    with answered.page.expect_download() as saved:
        answered.tap("会話を保存する")
    saved.value.save_as(tmp_path / "talk.txt")
    assert "見本" not in (tmp_path / "talk.txt").read_text("utf-8-sig")


def checks(widget: Widget, person: str) -> Page:
    """Ask for the lock check and pick `person` on the page that the link opens."""
    widget.ask("ロックされているか調べて")
    with widget.page.context.expect_page() as opened:
        widget.frame.get_by_role("link", name="見本で確認する画面を開く").last.click()
    form = opened.value
    form.locator(f"input[value={person}]").check()
    form.locator("button[value=send]").click()
    form.locator(".first-step").first.wait_for()
    widget.page.bring_to_front()
    return form


LOCKED = re.compile(r"【見本】.*ロックされています。\d+時\d\d分まで")


def test_the_result_comes_into_the_chat_that_opened_the_form_on_any_site(
    visit: Visit, customer: str
) -> None:
    widget = visit(customer)
    checks(widget, "locked")
    expect(widget.log.get_by_text(LOCKED)).to_have_count(1, timeout=20_000)


def test_asking_how_long_it_still_takes_shows_it_in_the_chat_again(visit: Visit) -> None:
    widget = visit()
    checks(widget, "locked")
    expect(widget.log.get_by_text(LOCKED)).to_have_count(1, timeout=20_000)
    widget.ask("あと何分？")
    expect(widget.log.get_by_text(LOCKED)).to_have_count(2, timeout=20_000)


def test_a_reload_on_our_own_site_shows_the_result_once(visit: Visit) -> None:
    widget = visit()
    checks(widget, "locked")
    widget.page.reload()
    expect(widget.log.get_by_text(LOCKED)).to_have_count(1, timeout=20_000)


def test_the_page_of_another_site_is_never_told_the_result(visit: Visit, customer: str) -> None:
    widget = visit(customer)
    widget.page.evaluate("window.heard = []; addEventListener('message', e => heard.push(e.data))")
    checks(widget, "locked")
    expect(widget.log.get_by_text(LOCKED)).to_have_count(1, timeout=20_000)
    assert "verified" not in str(widget.page.evaluate("heard"))
