from collections.abc import Callable

import pytest
from sudachipy import Dictionary, SplitMode

from bot.components.hearing import Sentence, even_out, hear

Hear = Callable[[str], Sentence]


@pytest.fixture(scope="module")
def heard() -> Hear:
    words = Dictionary().create(mode=SplitMode.C)
    return lambda text: hear(text, words)


@pytest.mark.parametrize(
    ("typed", "even"),
    [
        ("ﾊﾟｽﾜｰﾄﾞ　忘れた", "パスワード 忘れた"),
        ("ログインできなあああい！！！！", "ログインできなあい!"),
        ("なんでやねんwww", "なんでやねん"),
        ("www.hellowork.mhlw.go.jp", "www.hellowork.mhlw.go.jp"),
        ("番号は000111", "番号は000111"),
        ("ﾊﾞﾝｺﾞｳ ｻｲｿｳ ﾀﾉﾑ", "ばんごう さいそう たのむ"),
        ("ワンタイムパスワード", "ワンタイムパスワード"),
        ("bangou ga konai", "ばんごう が こない"),
        ("The code does not arrive", "the code does not arrive"),
        ("PW wo wasuremashita", "pw を わすれました"),
    ],
)
def test_spelling_is_evened_out(typed: str, even: str) -> None:
    assert even_out(typed) == even


def test_marks_are_not_read_as_the_word_for_symbol(heard: Hear) -> None:
    assert heard("番号（６けた）　は？").reading == "バンゴウロクケタハ"


def test_wrong_kanji_are_read_as_the_right_ones(heard: Hear) -> None:
    assert heard("検索が出来無い").reading == heard("けんさくができない").reading


def test_what_is_named_elsewhere_is_kept(heard: Hear) -> None:
    said: Sentence = heard("メルカリのパスワード")
    assert said.elsewhere == ["shop"]
