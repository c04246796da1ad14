"""What holds for any text at all."""

import re
import string

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from api.privacy.masking import mask

_CUES = re.compile(
    "パス|ぱす|コード|こーど|番号|ばんごう|ワン|わん|あっと|アット|at|pass|pw|otp|code|pin", re.I
)
_KANA = "".join(map(chr, [*range(0x3041, 0x3094), *range(0x30A1, 0x30FB)]))
_WORDS = st.text(_KANA + "漢字届画面求職番窓口検索" + string.ascii_letters + "[]() -ー、。:=「」\n")

# Pieces that rules join, part and count, so that chance meets their borders.
_PIECES = [
    "パスワード", "は", ":", "pass", "pw", "code", "番号", "OTP", "コード", "を入力",
    "あっと", "0", "12", "1234", "482913", "abc1", "Gmail", "090", "+81", "2025",
    "2025-01-06", "9:30", "250,000", "0570-077450", "HB-7K3M-92QD", "taro@example.jp", "a@",
    ".", "-", "_", "/", "年", "円", "回", "「", "」", "(", ")", "エラー", "［電話1］", "［",
    "］", "電話", "確認番号", "ﾞ", "㏣", "①", " ", "\n", "\u200b", "\ud800", "\uffff",
]  # fmt: skip
_SOUP = st.lists(st.sampled_from(_PIECES), max_size=25).map("".join)


@given(st.text() | _SOUP)
@settings(max_examples=500, deadline=None)
def test_masking_twice_is_masking_once(text: str) -> None:
    once = mask(text)
    again = mask(once.text)
    assert (again.text, again.kinds) == (once.text, ())


@given(st.text(st.characters(exclude_categories=()), max_size=200))
@settings(deadline=None)
def test_no_text_raises(text: str) -> None:
    assert isinstance(mask(text).text, str)


@given(_SOUP)
@settings(deadline=None)
def test_a_text_is_changed_exactly_when_kinds_are_told(text: str) -> None:
    masked = mask(text)
    assert (masked.text != text) == bool(masked.kinds)


@given(_SOUP)
@settings(deadline=None)
def test_the_same_text_gives_the_same_masks(text: str) -> None:
    assert mask(text) == mask(text)


@given(_WORDS)
@settings(deadline=None)
def test_a_text_without_digits_at_signs_and_cues_is_unchanged(text: str) -> None:
    assume(not _CUES.search(text))
    assert mask(text).text == text
