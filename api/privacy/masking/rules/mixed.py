"""Passwords that mix kana or kanji with digits: 「パスワードはさくら777だった」."""

import re

from api.privacy.masking.rules.cues import Cue
from api.privacy.masking.rules.shapes import JAPANESE, is_counted
from api.privacy.masking.rules.words import is_innocent

_STRONG = r"\s{0,3}[は:=]\s?[:=]?[\s、,]{0,4}"
_CHAR = rf"(?:[!-~¥]|{JAPANESE})"
# A particle ends the secret only behind its digits or signs: 「さくら」 may hold a が itself.
_END = r"(?=\Z|[\s、。」』]|です|でした|だった|だと|(?<=[!-~¥])(?:[をがで]|って|だ|なの))"
_BARE = re.compile(rf"{_STRONG}(?P<secret>{_CHAR}{{4,24}}?){_END}")
_QUOTED = re.compile(rf"(?:{_STRONG}|\s?)[「『](?P<secret>{_CHAR}{{4,24}})[」』]")
_TWO_DIGITS = re.compile(r"[0-9].*[0-9]")
_JAPANESE = re.compile(JAPANESE)
_INK = re.compile(r"[!-~¥]+")
_NUMBER = re.compile(r"[0-9]+")
_COUNTED = re.compile(
    r"[年月日時分秒回件円万億名人社桁字個つ種歳才代度番通号点目台枚本週間章組以未前後行列段階割倍]"
    r"|文字|か[月所国]|ヶ|ヵ|カ月|くらい|ぐらい|ほど|まで|から|より|[にはもとのや]"
)
_SENTENCE = re.compile(
    r"エラー|です|ます|ました|文字|半角|全角|英数|最大|最低|最長|最短|バージョン|(?:[でをは]|から)[0-9]"
)


def mixed_quoted(text: str, cue: Cue) -> tuple[int, int] | None:
    """Return where a mixed password stands in quotation marks behind the cue."""
    return _checked(text, cue, _QUOTED.match(text, cue.end))


def mixed_bare(text: str, cue: Cue) -> tuple[int, int] | None:
    """Return where a mixed password stands behind the cue without quotation marks."""
    return _checked(text, cue, _BARE.match(text, cue.end))


def _checked(text: str, cue: Cue, match: re.Match[str] | None) -> tuple[int, int] | None:
    if match is None or match.end("secret") > cue.limit or cue.kind == "code":
        return None
    run, (start, end) = match["secret"], match.span("secret")
    if not (_TWO_DIGITS.search(run) and _JAPANESE.search(run)) or _SENTENCE.search(run):
        return None
    if any(is_innocent(ink[0]) for ink in _INK.finditer(run)):
        return None
    numbers = _NUMBER.finditer(text, start, end)
    if any(is_counted(text, *n.span()) or _COUNTED.match(text, n.end()) for n in numbers):
        return None
    return start, end
