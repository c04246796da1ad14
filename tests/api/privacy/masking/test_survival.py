"""No raw secret survives, whatever Japanese text stands around it."""

import re
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from api.privacy.masking import mask
from api.privacy.masking.rules.words import is_innocent, is_product

_JAPANESE = st.text(
    "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん"
    "アイウエオカキクケコ画面届求職窓口登録検索会社。、！？「」 😀",
    max_size=30,
)
_HYPHEN = st.sampled_from(["", " ", "\u3000", *"-‐‑‒–—―−ーｰ－"])


def _full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def _regex(pattern: str) -> st.SearchStrategy[str]:
    half = st.from_regex(re.compile(pattern, re.ASCII), fullmatch=True)
    return half | half.map(_full_width)


def _digits(*groups: str) -> st.SearchStrategy[str]:
    parts = [_regex(group) for group in groups]
    return st.builds(lambda hyphen, *found: hyphen.join(found), _HYPHEN, *parts)


_IDENTIFIERS = st.one_of(
    _digits("0[5-9]0", "[0-9]{4}", "[0-9]{4}"),
    _digits("0[1-9]", "[0-9]{4}", "[0-9]{4}"),
    _digits("[1-9][0-9]{3}", "[0-9]{4}", "[0-9]{4}"),
    _digits("[1-9][0-9]{3}", "[0-9]{6}", "[0-9]"),
    _digits("[1-9][0-9]{4}", "[0-9]{8}"),
    _regex(r"[a-z][a-z0-9._+-]{2,12}@[a-z]{3,8}(\.co)?\.(jp|com)"),
)


def _folded(run: str) -> str:
    return unicodedata.normalize("NFKC", run)


def _has_both(run: str) -> bool:
    return bool(re.search("[0-9０-９]", run) and re.search("[A-Za-zＡ-Ｚａ-ｚ]", run))


_PASSWORDS = _regex("[A-Za-z0-9!#$%&*+?_-]{4,16}").filter(
    lambda run: _has_both(run) and not is_innocent(_folded(run))
)
_CODES = _regex("[0-9]{4,8}") | _regex("[A-Za-z0-9]{4,8}").filter(
    lambda run: _has_both(run) and not is_product(_folded(run))
)
_PASSWORD_FRAMES = [
    "パスワードは{}です", "パスワード：{} ", "PW: {}、", "ﾊﾟｽﾜｰﾄﾞは「{}」", "パス={}。",
    "暗証番号が{}なのに",
]  # fmt: skip
_CODE_FRAMES = [
    "番号 {} を", "コードは{}です", "ＯＴＰは{}、", "{}を入力した", "{}って番号",
    "ワンパス「{}」", "確認番号：{}。",
]  # fmt: skip


@given(_JAPANESE, _IDENTIFIERS, _JAPANESE)
@settings(max_examples=500, deadline=None)
def test_an_identifier_never_survives(before: str, secret: str, after: str) -> None:
    assert secret not in mask(before + secret + after).text


@given(_JAPANESE, st.sampled_from(_PASSWORD_FRAMES), _PASSWORDS, _JAPANESE)
@settings(max_examples=500, deadline=None)
def test_an_announced_password_never_survives(
    before: str, frame: str, secret: str, after: str
) -> None:
    assert secret not in mask(before + frame.format(secret) + after).text


@given(_JAPANESE, st.sampled_from(_CODE_FRAMES), _CODES, _JAPANESE)
@settings(max_examples=500, deadline=None)
def test_an_announced_code_never_survives(before: str, frame: str, secret: str, after: str) -> None:
    assert secret not in mask(before + frame.format(secret) + after).text
