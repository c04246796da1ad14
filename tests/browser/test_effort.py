"""Little effort: what stands on the first screen, and how few taps lead to the first step."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit, Widget

# The ten commonest situations: the taps or the one message that lead to the first step.
TAPPED = {
    "番号のメールが届かない": ([], "迷惑メール"),
    "パスワードを忘れた": ([], "ログイン画面で"),
    "ロックされた": ([], "時間をおいて"),
    "求人が出てこない": ([], "条件を減らして"),
    "登録のメールが使えない": (["メニュー"], "ハローワーク"),
    "ログインできない": (["メニュー"], "登録したメールアドレス"),
}
WRITTEN = {
    "番号が違うと言われる": "新しく届いたメール",
    "ワンタイムパスワードの期限が切れました": "最初からやり直して",
    "番号を入れる画面を閉じてしまいました": "始めてください",
    "めーるこないんだけど ばんごうの": "迷惑メール",
    "パスワードの再登録をしたのに、そのメールが届きません": "迷惑メール",
}
# What the drawings lead to.
DRAWINGS = {
    "IDとパスワードの画面": "IDの欄",
    "番号を入れる画面": "閉じずに",
    "赤い文字のエラー": "そのままここに",
    "ロックと出た画面": "時間をおいて",
    "お休み中の画面": "お知らせ",
    "検索の結果が0件": "条件を減らして",
    "検索が灰色で押せない": "有効・無効",
    "「無効」と出た画面": "有効に戻して",
}


def test_the_greeting_and_its_choices_fit_one_small_screen(visit: Visit) -> None:
    widget = visit(width=320, height=568)
    for part in (widget.log.locator(".first-step.usual").first, widget.box):
        expect(part).to_be_in_viewport(ratio=1)
    buttons = widget.log.locator(".choices button")
    assert buttons.count() >= 4
    for button in buttons.all():
        expect(button).to_be_in_viewport(ratio=1)


def test_a_reply_shows_its_first_step_and_one_row_of_controls(visit: Visit) -> None:
    widget = visit()
    widget.tap("パスワードを忘れた")
    bubble = widget.hears("ログイン画面で")
    assert bubble.locator(".choices").count() == 1
    assert bubble.locator("button").count() == bubble.locator(".choices button").count()
    assert bubble.locator(".first-step:visible").count() == 1
    assert bubble.locator("details[open]").count() == 0


@pytest.mark.parametrize(
    "words",
    ["パスワードを忘れた", "エラーが出ました", "求人が出てこない", "使えない機能がある"],
)
def test_the_buttons_under_a_reply_fit_half_a_small_screen(visit: Visit, words: str) -> None:
    widget = visit(width=320, height=568)
    widget.ask(words)
    choices = widget.log.locator(".bubble.bot").last.locator(".choices")
    choices.wait_for()
    assert choices.locator("button").count() <= 6
    box = choices.bounding_box()
    assert box
    assert box["height"] <= 568 / 2


def test_the_ten_commonest_situations_take_two_taps_or_one_message(visit: Visit) -> None:
    widget = visit()
    for label, (before, step) in TAPPED.items():
        assert len(before) < 2
        for tap in before:
            widget.tap(tap)
            widget.hears("近いものを選んで")
        widget.tap(label)
        widget.hears(step)
    for text, step in WRITTEN.items():
        widget.ask(text)
        widget.hears(step)


@pytest.fixture
def screens(visit: Visit) -> Widget:
    widget = visit()
    widget.tap("画面の絵から選ぶ")
    widget.hears("いま、どの画面ですか")
    return widget


def test_each_drawing_leads_to_a_first_step(screens: Widget) -> None:
    for label, step in DRAWINGS.items():
        screens.frame.get_by_role("button", name=label).last.click()
        screens.hears(step)


def test_each_drawing_is_there_and_is_told_in_words(screens: Widget) -> None:
    drawings = screens.log.locator(".picture img")
    assert drawings.count() == 8
    for drawing in drawings.all():
        assert len(drawing.get_attribute("alt") or "") > 10
        assert drawing.evaluate("async e => (await e.decode(), e.naturalWidth)") > 0
    assert len({each.get_attribute("alt") for each in drawings.all()}) == 8


def test_the_drawings_are_labelled_as_sketches(screens: Widget) -> None:
    expect(screens.log.get_by_text("略図です。実際の画面とは違います")).to_be_visible()


def test_the_menu_is_always_there(visit: Visit) -> None:
    widget = visit()
    for _ in range(2):
        widget.tap("メニュー")
        widget.hears("選んで")
        expect(widget.frame.get_by_role("button", name="メニュー", exact=True)).to_be_in_viewport()


def test_in_distress_a_number_to_tap_stands_in_the_first_words(visit: Visit) -> None:
    widget = visit(width=320, height=568)
    widget.ask("もう死にたい")
    bubble = widget.hears("とてもつらいのですね")
    number = bubble.locator(".first-step:visible a").first
    expect(number).to_be_in_viewport(ratio=1)
    expect(number).to_have_attribute("href", "tel:0120279338")
    expect(widget.frame.locator("#feedback")).to_be_hidden()


def test_none_of_the_drawings_leads_on_too(screens: Widget) -> None:
    screens.tap("どれとも違う")
    screens.hears("そのまま紙に書くか")
