"""How masks are numbered and what is told of them."""

import dataclasses
import re

import pytest

from api.privacy.masking import Masked, mask
from api.privacy.masking.rules.shapes import digits_of
from api.privacy.masking.tables import labels, public_numbers


def test_the_message_around_the_masks_stays_as_typed() -> None:
    text = "ﾒｰﾙは ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ、ＴＥＬ０９０ー００００ー００００ですｶﾞ㍿"
    assert mask(text).text == "ﾒｰﾙは ［メール1］、ＴＥＬ［電話1］ですｶﾞ㍿"


def test_kinds_come_in_the_order_of_the_text_each_once() -> None:
    text = "090-0000-0000、taro@example.jp、090-1111-1111、パスワードはabc123、番号 482913"
    assert mask(text).kinds == ("phone", "mail", "password", "code")


def test_two_values_get_two_numbers() -> None:
    masked = mask("taro@example.jpからhanako@example.jpに")
    assert masked.text == "［メール1］から［メール2］に"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("090-0000-0000は０９０００００００００と同じ", "［電話1］は［電話1］と同じ"),
        ("+81 90-0000-0000、090-0000-0000", "［電話1］、［電話1］"),
        ("(03)0000-0000、03-0000-0000", "［電話1］、［電話1］"),
        ("Taro@example.jp、taro あっと example.jp", "［メール1］、［メール1］"),
        ("1234-567890-1と12345678901", "［番号1］と［番号1］"),
        (
            "パスワードはabc123です。ａｂｃ１２３が",
            "パスワードは［パスワード1］です。［パスワード1］が",
        ),
    ],
)
def test_one_value_in_two_spellings_gets_one_number(text: str, expected: str) -> None:
    assert mask(text).text == expected


def test_upper_and_lower_case_make_two_passwords() -> None:
    masked = mask("パスワードはabc123です。パスワードはABC123です")
    assert masked.text == "パスワードは［パスワード1］です。パスワードは［パスワード2］です"


def test_an_announced_secret_is_masked_wherever_it_stands() -> None:
    masked = mask("abc-Tokyo9 がだめ。パスワードはabc-Tokyo9です（abc-Tokyo9）")
    assert "Tokyo9" not in masked.text
    assert masked.text.count("［パスワード1］") == 3


def test_counting_goes_on_after_the_masks_already_there() -> None:
    masked = mask("［電話2］でなく090-0000-0000")
    assert masked == Masked("［電話2］でなく［電話3］", ("phone",))


def test_a_mask_already_there_is_not_reported_again() -> None:
    assert mask("［電話1］に").kinds == ()


def test_a_number_posing_as_a_mask_is_masked() -> None:
    assert "09000000000" not in mask("［電話09000000000］").text


def test_past_nine_hundred_ninety_nine_values_share_the_last_mask() -> None:
    text = "、".join(f"user{n}@example.jp" for n in range(1100))
    masked = mask(text)
    assert "example" not in masked.text
    assert masked.text.endswith("［メール999］")
    assert mask(masked.text).text == masked.text


def test_a_public_number_stays_and_a_private_one_beside_it_goes() -> None:
    masked = mask("0570-077450に090-0000-0000からかけた")
    assert masked.text == "0570-077450に［電話1］からかけた"


def test_one_digit_more_than_a_public_number_is_private() -> None:
    assert mask("0120-279-3381").kinds == ("number",)


def test_the_result_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        mask("").text = "x"  # type: ignore[misc]


def test_every_kind_has_a_label_that_no_rule_could_take_for_a_secret() -> None:
    assert set(labels()) == {
        "mail", "phone", "number", "password", "code", "name", "birthday", "address", "link",
        "my_number", "card",
    }  # fmt: skip
    assert not re.search("[0-9A-Za-z@［］]", "".join(labels().values()))


def test_the_public_numbers_are_compared_by_digits() -> None:
    assert "0570077450" in public_numbers()
    assert all(number == digits_of(number) for number in public_numbers())


@pytest.mark.parametrize("text", ["482913を何回もやってる", "482913しか出ない", "ａでなく４８２９"])
def test_bare_digits_are_a_code_once_the_bot_spoke_of_codes(text: str) -> None:
    assert mask(text).kinds == ()
    assert mask(text, code_expected=True).kinds == ("code",)


@pytest.mark.parametrize("text", ["2024年に登録", "1200円", "30分前", "0570-077450"])
def test_counts_and_the_help_desk_stay_after_talk_of_codes(text: str) -> None:
    assert mask(text, code_expected=True).kinds == ()


def test_a_card_and_a_my_number_are_called_by_their_names() -> None:
    assert mask("4111111111111111、123456789018").kinds == ("card", "my_number")
