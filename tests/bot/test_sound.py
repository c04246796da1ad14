import pytest
from sudachipy import Dictionary, SplitMode

from bot.text.sound import sound, sounds_alike

WORDS = Dictionary().create(mode=SplitMode.C)


def alike(one: str, other: str) -> bool:
    return sounds_alike(sound(one, WORDS), sound(other, WORDS))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("パスワード忘れた", "パスワードわすれた"),
        ("ﾊﾟｽﾜｰﾄﾞ　忘れた", "ぱすわーど忘れた"),
        ("ワンタイムパスワードが届きません", "湾タイムパスワー度が届きません"),
        ("認証コードが送られてきません", "認証コードが送られてきません。"),
    ],
)
def test_spellings_of_one_sentence_sound_alike(one: str, other: str) -> None:
    assert alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("パスワードを忘れた", "パスワードを変えたい"), ("登録したい", "求人を見たい")],
)
def test_different_requests_do_not_sound_alike(one: str, other: str) -> None:
    assert not alike(one, other)


def test_exactly_nine_tenths_in_common_is_alike() -> None:
    assert sounds_alike("abcdefghij", "abcdefghiz")


def test_less_than_nine_tenths_is_not() -> None:
    assert not sounds_alike("abcdefghi", "abcdefghz")
