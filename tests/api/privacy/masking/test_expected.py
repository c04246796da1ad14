"""What the bot has just spoken of tells what a bare word is."""

import pytest

from api.privacy.masking.mask import mask


@pytest.mark.parametrize(
    "text", ["118 823これ？", "482", "やっと届いた。551と", "283です", "一二三九八七", "0124"]
)
def test_half_a_code_and_other_spellings_are_one_after_talk_of_codes(text: str) -> None:
    assert mask(text, code_expected=True).kinds == ("code",)


@pytest.mark.parametrize("text", ["45", "100", "120分くらい", "3回目です", "月給215000円", "10"])
def test_answers_to_the_questions_about_a_code_stay(text: str) -> None:
    assert mask(text, code_expected=True).kinds == ()


@pytest.mark.parametrize(
    "text",
    [
        "Sakura2024!",
        "たぶんmomo7788",
        "Tanuki-1234で大丈夫？",
        "Fujisan77って入れたのに",
        "oldname_1975です",
    ],
)
def test_letters_and_digits_are_a_password_after_talk_of_passwords(text: str) -> None:
    assert mask(text).kinds == ()
    assert mask(text, password_expected=True).kinds == ("password",)


@pytest.mark.parametrize(
    "text",
    [
        "iPhone15でWindows11です",
        "Galaxy-S23",
        "https://www.hellowork.mhlw.go.jp/",
        "E0012エラー",
    ],
)
def test_names_of_things_are_none(text: str) -> None:
    assert mask(text, password_expected=True).kinds == ()
