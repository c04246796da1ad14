"""The page at `/`, as a person meets it."""

import re

from playwright.sync_api import Page, expect

QUESTION = "ワンタイムパスワードが届きません"
FIRST_STEP = "まず、登録したメールアドレスの「迷惑メール」の中を見てください。"


def ask(page: Page, text: str) -> None:
    page.get_by_label(re.compile("困っていること")).fill(text)
    page.get_by_role("button", name="送る").click()


def test_a_question_is_answered_with_its_first_step(page: Page) -> None:
    ask(page, QUESTION)
    expect(page.get_by_text(FIRST_STEP)).to_be_visible()


def test_the_rest_of_the_answer_unfolds(page: Page) -> None:
    ask(page, QUESTION)
    page.get_by_text(FIRST_STEP).wait_for()
    page.locator(".bubble", has_text=FIRST_STEP).get_by_text("くわしく").click()
    expect(page.get_by_text("入力の画面は閉じずに")).to_be_visible()


def test_a_choice_can_be_tapped(page: Page) -> None:
    page.get_by_role("button", name="パスワードを忘れた").first.click()
    expect(page.get_by_text("公式サイトのログイン画面で、")).to_be_visible()


def test_enter_sends_once(page: Page) -> None:
    box = page.get_by_label(re.compile("困っていること"))
    box.fill(QUESTION)
    box.press("Enter")
    page.get_by_text(FIRST_STEP).wait_for()
    assert page.locator(".bubble.person").count() == 1


def test_enter_that_confirms_a_kanji_conversion_sends_nothing(page: Page) -> None:
    box = page.get_by_label(re.compile("困っていること"))
    box.fill("わんたいむ")
    for composing in ({"isComposing": True}, {"keyCode": 229}):
        box.dispatch_event("keydown", {"key": "Enter", **composing})
    page.wait_for_timeout(300)
    assert page.locator(".bubble.person").count() == 0


def test_a_reload_shows_the_same_conversation(page: Page) -> None:
    ask(page, QUESTION)
    page.get_by_text(FIRST_STEP).wait_for()
    before = page.locator("#log .bubble .first-step, #log .person").all_inner_texts()
    page.reload()
    page.get_by_text(FIRST_STEP).wait_for()
    assert page.locator("#log .bubble .first-step, #log .person").all_inner_texts() == before


def test_what_a_person_writes_is_shown_as_text(page: Page) -> None:
    ask(page, "<img src=x onerror=alert(1)>")
    page.locator(".bubble.person").wait_for()
    assert page.locator(".bubble img").count() == 0


def test_nothing_hangs_over_the_edge(page: Page) -> None:
    ask(page, QUESTION)
    page.get_by_text(FIRST_STEP).wait_for()
    widths = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert widths[0] <= widths[1]


def test_buttons_are_large_enough_for_a_thumb(page: Page) -> None:
    heights = page.locator("button").evaluate_all("all => all.map(b => b.offsetHeight)")
    assert min(heights) >= 44


def test_the_page_says_that_it_is_no_official_service(page: Page) -> None:
    expect(page.get_by_text("公式サービスではありません").first).to_be_visible()


def test_the_lock_check_shows_its_result_on_its_own_page(page: Page) -> None:
    ask(page, "ロックされているか調べて")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="見本でロックを確認する画面を開く").click()
    form = opened.value
    form.get_by_label("ロック中の見本さん").check()
    form.get_by_role("button", name="結果を見る").click()
    expect(form.get_by_text(re.compile("【見本】.*ロックされています"))).to_be_visible()


def test_a_conversation_can_be_taken_back(page: Page) -> None:
    ask(page, QUESTION)
    page.get_by_text(FIRST_STEP).wait_for()
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="この会話を消す").click()
    expect(page.get_by_text(re.compile(r"消しました。受付番号：HB-"))).to_be_visible()
    assert page.locator(".bubble.person").count() == 0
