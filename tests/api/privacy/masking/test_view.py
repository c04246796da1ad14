"""The folded view, and the way back from it to the text as typed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.privacy.masking.view import BARRIER, view_of

_NO_MASK = re.compile(r"(?!)")


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("ｔａｒｏ＠", "taro@"),
        ("ﾊﾟｽﾜｰﾄﾞ", "パスワード"),
        ("カ\u3099", "ガ"),
        ("㍿", "株式会社"),
        ("①", "1"),
        ("٣", "3"),
        ("0\u200b9\u00ad0", "090"),
        ("0\x009", "09"),
        ("1\ufe0f\u20e3", "1"),
        ("ﾞ", ""),
        ("090‑1", "090‐1"),
        ("\u3000", " "),
        ("a\nb", "a\nb"),
        ("\ud800", "\ud800"),
        (BARRIER, "\ufffd"),
    ],
)
def test_spellings_are_folded(typed: str, folded: str) -> None:
    assert view_of(typed, _NO_MASK).text == folded


@pytest.mark.parametrize(
    ("typed", "folded", "found"),
    [
        ("ｶﾞﾊﾟabcｶﾞ", "abc", "abc"),
        ("㍿090㍿", "090", "090"),
        ("ﾊﾟｽﾜｰﾄﾞは", "ワード", "ﾜｰﾄﾞ"),
        ("㍿です", "株", "㍿"),
        ("0\u200b9\u200bあ", "09", "0\u200b9\u200b"),
    ],
)
def test_a_span_leads_back_to_what_was_typed(typed: str, folded: str, found: str) -> None:
    view = view_of(typed, _NO_MASK)
    start = view.text.index(folded)
    begin, end = view.span(start, start + len(folded))
    assert typed[begin:end] == found


def test_what_is_opaque_becomes_one_barrier() -> None:
    view = view_of("ｱ［電話1］ﾞ", re.compile("［電話1］"))
    assert view.text == f"ア{BARRIER}"
    assert view.span(1, 2) == (1, 6)


@given(st.text())
def test_every_folded_character_has_its_place(text: str) -> None:
    view = view_of(text, _NO_MASK)
    assert len(view.text) == len(view.starts) == len(view.ends)
    assert view.starts == sorted(view.starts)
    assert all(start < end for start, end in zip(view.starts, view.ends, strict=True))
