"""One-time codes: 4 to 8 letters and digits behind the word for them, or before a verb."""

import re
from collections.abc import Iterator

from api.privacy.masking.rules.cues import Cue
from api.privacy.masking.rules.found import Found
from api.privacy.masking.rules.shapes import (
    DASH,
    JAPANESE,
    NOT_A_PIECE,
    SPACE,
    digits_of,
    is_counted,
)
from api.privacy.masking.rules.words import is_product
from api.privacy.masking.view import BARRIER

_SPLIT = rf"[0-9]{{3}}[ {DASH}][0-9]{{3}}|[0-9](?: [0-9]){{3,7}}"
_WORD = r"[A-Za-z0-9]{1,8}(?:[-_][A-Za-z0-9]{1,8}){0,3}+"
_LINK = (
    r"(?:[\s!-/:-@\[-`{-~はがもをにのでとかって→⇒、・…「」『』“”【】〔〕《》〈〉]"
    r"|です|(?<![A-Za-z])(?i:is|was)(?![A-Za-z])){0,8}"
)
# Only behind the word for it: elsewhere three pairs are a date.
_PAIRS = r"[0-9]{2} [0-9]{2} [0-9]{2}(?! ?[0-9])"
_NEAR = re.compile(rf"{_LINK}(?P<code>{_PAIRS}|{_SPLIT}|{_WORD}){NOT_A_PIECE}")
_FAR = re.compile(rf"[^A-Za-z0-9{BARRIER}]{{0,16}}(?P<code>[A-Za-z0-9]{{4,8}}){NOT_A_PIECE}")
_ALONE = re.compile(r"\s*(?P<code>[0-9]{5,6})(?:\s*(?:です|でした))?[\s。.!?]*")
# Far from the cue, what may be a year or a name (Tokyo20, SC51B) is taken for one.
_NAME = re.compile(r"(?:19|20)[0-9]{2}|[A-Z][a-z]{2,}[0-9]{1,3}|[A-Z]{2,3}[0-9]{2}[A-Z]")

# What people do with a code: type it, receive it, call it a number.
_VERBS = r"入力|入れ|いれ|打[っちたつ]|うっ|番号|コード|ワンタイム|認証|届|来た|きた|送られ|コピ|貼"
_COMPLAINTS = r"だめ|ダメ|駄目|通ら|違|使え|弾か|はじか|無効"
_PAY = r"(?<![月日時年]給)(?<!年収)(?<!給与)(?<!賃金)"
_BEFORE = re.compile(
    rf"(?<![A-Za-z0-9])(?<![0-9][\s{DASH}/:.,]){_PAY}(?P<code>{_SPLIT}|[A-Za-z0-9]{{4,8}})"
    rf"(?![A-Za-z0-9])[」』\"]?{SPACE}?(?P<link>を|が|と|って|で(?!す)|は)?{JAPANESE}{{0,4}}?(?:{_VERBS}|(?P<complaint>{_COMPLAINTS}))"
)


def codes_after(text: str, cue: Cue) -> Iterator[Found]:
    """Yield the code that a cue announces, and those strung to it."""
    hit = _next(text, cue.end, cue.limit)
    while hit:
        yield _found(hit)
        # 「番号 482913 も 592011 も」: the second one has no cue of its own.
        hit = _next(text, hit.end("code"), cue.limit)


def find_codes(text: str) -> Iterator[Found]:
    """Yield codes before a verb of typing, or alone in the message."""
    alone = _ALONE.fullmatch(text)
    hits = [alone] if alone else _before_verbs(text)
    return map(_found, hits)


def _next(text: str, position: int, limit: int) -> re.Match[str] | None:
    near = _NEAR.match(text, position)
    if near and near.start("code") <= limit and _is_code(near):
        return near
    far = _FAR.match(text, position)
    if far and far.start("code") <= limit and _is_code(far) and not _NAME.fullmatch(far["code"]):
        return far
    return None


def _before_verbs(text: str) -> Iterator[re.Match[str]]:
    for hit in _BEFORE.finditer(text):
        usual = hit["code"].isdigit() and len(hit["code"]) in {5, 6}
        bare = usual or (hit["code"].isdigit() and hit["link"])
        # 「iPhone15で入力」 names a tool; 「A1b2C3を入力」 does not.
        mixed = hit["link"] not in {None, "で"}
        # Much can be wrong with 「2025」; with 「482913」 it is the code.
        if (usual if hit["complaint"] else bare or mixed) and _is_code(hit):
            yield hit


def _is_code(hit: re.Match[str]) -> bool:
    run = hit["code"]
    size = sum(map(str.isalnum, run))
    if not 4 <= size <= 8 or not digits_of(run) or is_product(run):
        return False
    plain = run.isalnum() or not run.replace("-", "").isdigit() or re.fullmatch(_SPLIT, run)
    return bool(plain) and not is_counted(hit.string, *hit.span("code"))


def _found(hit: re.Match[str]) -> Found:
    start, end = hit.span("code")
    return Found(start, end, "code", re.sub(rf"[\s{DASH}]", "", hit["code"]))
