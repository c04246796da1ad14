"""The widget on a page, as a person meets it."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import ASKED, QUESTION, Enter, Visit, Widget
from tests.scenarios.conftest import Stack

HOW = "公式サイトのログイン画面で、"


def test_a_question_is_answered_with_its_first_step(widget: Widget) -> None:
    widget.ask("パスワードを忘れました")
    expect(widget.hears(HOW)).to_be_visible()


def test_the_rest_of_the_answer_unfolds(widget: Widget) -> None:
    widget.ask("パスワードを忘れました")
    bubble = widget.hears(HOW)
    rest = bubble.locator("details.usual p").first
    expect(rest).to_be_hidden()
    bubble.get_by_text("くわしく").first.click()
    expect(rest).to_be_visible()


def test_a_choice_can_be_tapped(widget: Widget) -> None:
    widget.tap("パスワードを忘れた")
    expect(widget.hears(HOW)).to_be_visible()


def test_what_a_person_writes_is_shown_as_text(widget: Widget) -> None:
    widget.ask("<img src=x onerror=alert(1)>")
    widget.log.locator(".bubble.person").wait_for()
    assert widget.log.locator(".bubble.person *:not(p)").count() == 0


def test_nothing_hangs_over_the_edge(widget: Widget) -> None:
    widget.ask(QUESTION)
    widget.hears(ASKED)
    for place in (widget.page.locator("html"), widget.frame.locator("html")):
        widths = place.evaluate("e => [e.scrollWidth, e.clientWidth]")
        assert widths[0] <= widths[1]


def test_buttons_are_large_enough_for_a_thumb(widget: Widget) -> None:
    widget.tap("その他")
    sizes = "all => all.filter(b => b.offsetHeight).map(b => [b.offsetHeight, b.offsetWidth])"
    found = widget.frame.locator("button, summary, .panel a").evaluate_all(sizes)
    found += widget.page.locator("button").evaluate_all(sizes)
    assert len(found) > 10
    assert min(min(size) for size in found) >= 44


def test_letters_have_16_pixels_and_lines_1_point_7_of_them(widget: Widget) -> None:
    styles = widget.frame.locator("header p, .bubble p, button").evaluate_all(
        """all => all.filter(p => p.offsetHeight).map(p => getComputedStyle(p))
                     .map(s => [s.fontSize, s.lineHeight])"""
    )
    for size, height in styles:
        assert float(size[:-2]) >= 16
        assert float(height[:-2]) / float(size[:-2]) >= 1.69


def test_page_and_chat_say_that_they_are_no_official_service(widget: Widget) -> None:
    said = "厚生労働省・ハローワークの公式サービスではありません"
    expect(widget.page.get_by_text(said).first).to_be_attached()
    expect(widget.frame.locator("header").get_by_text(said)).to_be_visible()


def test_the_lock_check_shows_its_result_on_its_own_page(widget: Widget) -> None:
    widget.ask("ロックされているか調べて")
    link = widget.frame.get_by_role("link", name="見本で確認する画面を開く").last
    with widget.page.expect_popup() as opened:
        link.click(timeout=20_000)
    form = opened.value
    form.get_by_label("ロック中の見本さん").check()
    form.get_by_role("button", name="結果を見る").click()
    expect(form.get_by_text(re.compile("【見本】.*ロックされています"))).to_be_visible()


def test_one_tag_on_a_foreign_site_with_a_strict_policy_is_enough(
    visit: Visit, customer: str
) -> None:
    widget = visit(customer, width=1280, height=800)
    widget.tap("パスワードを忘れた")
    expect(widget.hears(HOW)).to_be_visible()


def test_nothing_is_asked_of_a_third_party(enter: Enter, stack: Stack, customer: str) -> None:
    page = enter().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(customer)
    widget = Widget(page).open()
    widget.tap("パスワードを忘れた")
    widget.hears(HOW)
    others = [url for url in asked if not url.startswith((customer, stack.address))]
    assert len(asked) > 5
    assert others == []
