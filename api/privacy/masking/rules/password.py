"""Passwords after a cue. How much is asked of the candidate depends on what links the two."""

import re
from collections.abc import Iterator

from api.privacy.masking.rules.cues import Cue
from api.privacy.masking.rules.found import Found
from api.privacy.masking.rules.mail import is_mail
from api.privacy.masking.rules.mixed import mixed_bare, mixed_quoted
from api.privacy.masking.rules.shapes import JAPANESE, SPACE, is_counted
from api.privacy.masking.rules.words import MARKS, is_innocent
from api.privacy.masking.view import BARRIER

_INK = r"[!-~¥]"
_RUN = re.compile(rf"{_INK}+")
_HEAD = rf"(?P<head>{_INK}{{4,64}})"
_QUOTE = r"[「『“”‘’【〔〕《》〈〉]"
_CLOSE = r"[」』”’】〕》〉]"
_PAD = rf"[\s、,]{{0,4}}{_QUOTE}?\s?"
_LINK = re.compile(
    r"\s{0,3}(?:(?P<strong>[-=]>|[は:=→⇒]\s?[:=]?)|(?P<state>が|(?<![A-Za-z])(?i:is|was)(?=\s))"
    rf"|(?P<weak>を|に|の|って|も|で|と|・|/|\()|(?P<soft>)){_PAD}{_HEAD}"
)
_FAR = re.compile(rf"(?:(?!エラー)[^!-~¥{BARRIER}\n。]|[ /,(]){{1,12}}{_HEAD}")
_TOPIC = re.compile(
    rf"{_CLOSE}?{SPACE}?(?!です|だ|でし|にし|に変|に設定|とい|と設定|って|な){JAPANESE}"
)
_LONG_FORM = re.compile(r"(?=.*[0-9])(?=.*[A-Za-z]).{6,}")
_FORM = re.compile(r"(?=.*[0-9])(?=.*[A-Za-z]).{4,}|[0-9]{4,}")


def passwords_after(text: str, cue: Cue) -> Iterator[Found]:
    """Yield the password that a cue announces, and further candidates right behind."""
    # ワンタイムパスワード is a code's cue; what is no code by its form may stand there too.
    kind = "code" if cue.kind == "code" else "password"
    quoted = mixed_quoted(text, cue)
    runs = [quoted] if quoted else list(_runs(text, cue))
    bare = None if runs else mixed_bare(text, cue)
    for start, end in [bare] if bare else runs:
        # An address is left for its own rule; it only leads to what stands behind it.
        if not is_mail(text[start:end]):
            yield Found(start, end, kind, text[start:end].rstrip(MARKS))


def _runs(text: str, cue: Cue) -> Iterator[tuple[int, int]]:
    match = _LINK.match(text, cue.end)
    if match is None or not (is_mail(match["head"]) or _is_secret(text, cue, match)):
        match = _far(text, cue.end)
    while match and match.start("head") <= cue.limit:
        start, end = _whole_run(text, match.start("head"))
        yield start, end
        # 「パスワードをabc123からdef456に」, 「taro@example.jp / abc123」
        match = _far(text, end)


def _is_secret(text: str, cue: Cue, match: re.Match[str]) -> bool:
    run = match["head"]
    if is_counted(text, *match.span("head")) or not any(map(str.isalnum, run)):
        return False
    if match["strong"] and cue.kind != "code":
        return not (_TOPIC.match(text, match.end()) and is_innocent(run))
    # In an English sentence any word may follow; in a Japanese one hardly another than it.
    apart = match["soft"] is not None and match.start("head") > cue.end and cue.kind == "password"
    likely = apart or (match["state"] and cue.kind != "code") or _FORM.match(run)
    return bool(likely) and not is_innocent(run)


def _far(text: str, position: int) -> re.Match[str] | None:
    match = _FAR.match(text, position)
    if match is None:
        return None
    run = match["head"]
    likely = (_LONG_FORM.match(run) and not is_innocent(run)) or is_mail(run)
    return match if likely and not is_counted(text, *match.span("head")) else None


def _whole_run(text: str, start: int) -> tuple[int, int]:
    run = _RUN.match(text, start)
    end = run.end() if run else start
    if text[start - 1] == "(" and text[end - 1] == ")":
        end -= 1
    return start, end
