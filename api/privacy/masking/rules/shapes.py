"""Pieces of patterns that several families share. All are written for folded text."""

import re

from api.privacy.masking.view import BARRIER

# NFKC leaves most of these apart; ー is what a Japanese keyboard gives for a hyphen.
DASH = r"\-‐‒–—―−ー─━"
SPACE = r"[^\S\r\n]"
JAPANESE = r"[ぁ-んァ-ヺー一-龠々〆]"

# Behind a candidate that is not the first piece of something longer: a number, an address, a
# date, a sum. A barrier counts as a piece, or every mask would free the next candidate before it.
_DATE = rf"(?:19|20)[0-9]{{2}}[年/.{DASH}]"
NOT_A_PIECE = (
    rf"(?![A-Za-z0-9@{BARRIER}]|[{DASH}_][A-Za-z0-9{BARRIER}]|[/:.][0-9]{{1,2}}(?![0-9])"
    rf"|,[0-9]{{3}}(?![0-9])|{SPACE}(?!{_DATE})[0-9]{{3}}|{SPACE}[0-9]{{2}}{SPACE}[0-9])"
)

# A number of four and more digits with one of these behind it counts something. No unit here
# begins a word of complaint: 「4829通らない」 and 「4829分かりません」 hold codes.
_UNIT_AHEAD = re.compile(
    r"年(?!末)|秒|回(?!答)|件(?!名)|円|万(?!一|が)|億|名(?!前)|人(?!に)|社(?!員|会)|桁|文字|字|%"
    r"|パーセント|バイト|[KMG]B|px|ページ|ポイント|キロ|[ ](?:円|件|文字)"
)
_LONG_UNIT_AHEAD = re.compile(r" ?(?:円|件(?!名)|文字|バイト|ポイント)|回(?!答)|万|億")
_AMOUNT = re.compile(r"[0-9][0-9,.~/:〜\-]*")
_DAY = re.compile(r"[0-9]{1,4}(?:[-/.][0-9]{1,2}){1,2}")
_DAY_AHEAD = re.compile(r"に(?!し|設定)|から|まで|頃|ごろ|以降")
_BEGINS_AHEAD = re.compile(r"[」』]?(?:で|から)(?:始|はじ)ま")
_ERROR_CODE = re.compile(r"[A-Za-z]{0,5}-?[0-9]{1,6}")
_ERROR_AHEAD = re.compile(rf"{SPACE}?(?:という|って|の)?{SPACE}?エラー")


def digits_of(text: str) -> str:
    """Return the digits of a folded text."""
    return "".join(char for char in text if "0" <= char <= "9")


def is_counted(text: str, start: int, end: int) -> bool:
    """Tell whether text[start:end] is an amount, a day or an error: 2025年, E0012エラー."""
    run = text[start:end]
    if _ERROR_CODE.fullmatch(run) and _ERROR_AHEAD.match(text, end):
        return True
    if _DAY.fullmatch(run) and _DAY_AHEAD.match(text, end):
        return True
    if _BEGINS_AHEAD.match(text, end):
        return True  # 「0120で始まる番号」
    if not _AMOUNT.fullmatch(run):
        return False
    ahead = _LONG_UNIT_AHEAD if run.isdigit() and len(run) > 4 else _UNIT_AHEAD
    return ahead.match(text, end) is not None
