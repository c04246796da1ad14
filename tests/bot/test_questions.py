"""What a person's words mean while a question is open."""

import pytest

from bot.questions.reading import Reading

READING = Reading()


@pytest.mark.parametrize(
    ("slot", "text", "value"),
    [
        ("otp_screen", "開いたままです", "open"),
        ("otp_screen", "はい", "open"),
        ("otp_screen", "まだ開いてる", "open"),
        ("otp_screen", "閉じちゃった", "closed"),
        ("otp_screen", "消えちゃいました", "closed"),
        ("otp_screen", "いいえ", "closed"),
        ("otp_screen", "閉じていません", "open"),
        ("otp_screen", "開いていません", "closed"),
        ("otp_screen", "わかんない、わからないです", "unknown"),
        ("otp_minutes", "5分くらい", "recent"),
        ("otp_minutes", "10分以内", "recent"),
        ("otp_minutes", "さっき", "recent"),
        ("otp_minutes", "１０分", "recent"),
        ("otp_minutes", "30分前", "long"),
        ("otp_minutes", "１時間", "long"),
        ("otp_minutes", "昨日から", "long"),
        ("otp_minutes", "覚えてない", "unknown"),
        ("otp_other_mail", "来てる", "arrives"),
        ("otp_other_mail", "ほかのは届いてます", "arrives"),
        ("otp_other_mail", "ほかのも来ない", "missing"),
        ("otp_other_mail", "全然届かない", "missing"),
        ("otp_other_mail", "いいえ", "missing"),
        ("otp_other_mail", "わからない", "unknown"),
    ],
)
def test_a_short_reply_fills_the_slot_that_is_asked_for(slot: str, text: str, value: str) -> None:
    assert READING.reply(text, slot)[slot] == value


@pytest.mark.parametrize("slot", ["otp_screen", "otp_minutes", "otp_other_mail"])
@pytest.mark.parametrize("text", ["うーん", "電話番号は？", "ワンタイムパスワードとは？", "あれ"])
def test_what_answers_nothing_fills_nothing(slot: str, text: str) -> None:
    assert READING.reply(text, slot) == {}


def test_a_closed_screen_settles_the_other_questions() -> None:
    assert set(READING.reply("閉じた", "otp_screen")) == {
        "otp_screen", "otp_minutes", "otp_other_mail",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("画面は開いたまま、30分待っても来ません", {"otp_screen": "open", "otp_minutes": "long"}),
        ("ほかのメールは普通に届くのに番号だけ来ない", {"otp_other_mail": "arrives"}),
        ("ワンタイムパスワードが届きません", {}),
        ("10桁の番号が来ない", {}),
    ],
)
def test_what_a_message_tells_unasked_is_noted(text: str, told: dict[str, str]) -> None:
    assert READING.told(text) == told


@pytest.mark.parametrize(
    "text", ["中止", "中止する", "やめます", "やめたいです", "キャンセル", "もういいです", "STOP"]
)
def test_a_wish_to_stop_is_heard(text: str) -> None:
    assert READING.is_cancel(text)


@pytest.mark.parametrize(
    "text", ["メールの受信をやめたいわけではない", "やめたほうがいい？", "仕事をやめたい", "はい"]
)
def test_other_words_do_not_stop_anything(text: str) -> None:
    assert not READING.is_cancel(text)
