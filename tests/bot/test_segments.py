import pytest

from bot.requests import JOINTS
from bot.text.segments import ADDED, ASKED, LOOSE


@pytest.mark.parametrize(
    ("text", "first", "second", "kind"),
    [
        ("番号が来ない。あと、電話番号も教えて", "番号が来ない", "電話番号も教えて", ADDED),
        ("番号はいつ来ますか？ロックを調べて", "番号はいつ来ますか", "ロックを調べて", ASKED),
        ("番号は届きました。検索できません", "番号は届きました", "検索できません", LOOSE),
        ("番号が来ない。パスワードも忘れた", "番号が来ない", "パスワードも忘れた", ADDED),
        ("番号が来ない。検索できない。二つです", "番号が来ない", "検索できない。二つです", ADDED),
    ],
)  # fmt: skip
def test_a_text_is_cut_where_one_request_ends(
    text: str, first: str, second: str, kind: str
) -> None:
    cuts = [(cut.first.text, cut.second.text, cut.kind) for cut in JOINTS.cuts(text)]
    assert (first, second, kind) in cuts


def test_parts_slice_the_text_back() -> None:
    text = " 番号が来ない。 あと、電話番号も "
    for cut in JOINTS.cuts(text):
        for part in (cut.first, cut.second):
            assert text[part.start : part.end] == part.text


def test_a_short_sentence_is_not_cut() -> None:
    assert list(JOINTS.cuts("番号が来ない")) == []
