"""Secrets that a word announces: one sweep over the cues, each with the rule of its kind."""

from collections.abc import Callable, Iterator

from api.privacy.masking.rules.code import codes_after
from api.privacy.masking.rules.cues import Cue, find_cues
from api.privacy.masking.rules.found import Found
from api.privacy.masking.rules.number import numbers_after
from api.privacy.masking.rules.password import passwords_after
from api.privacy.masking.rules.spelled import spelled_after


def find_announced(text: str) -> Iterator[Found]:
    """Yield the secrets behind 「パスワードは」, 「確認番号」, 「求職番号」 and their like."""
    done = 0
    for cue in find_cues(text):
        if cue.start >= done:
            for found in _RULES[cue.kind](text, cue):
                done = found.end
                yield found


def _number_or_code(text: str, cue: Cue) -> Iterator[Found]:
    numbers = list(numbers_after(text, cue))
    return iter(numbers or _codes(text, cue))


def _codes(text: str, cue: Cue) -> list[Found]:
    return list(codes_after(text, cue)) or list(spelled_after(text, cue))


def _code_or_password(text: str, cue: Cue) -> Iterator[Found]:
    codes = _codes(text, cue)
    if codes or "パス" not in cue.word:
        return iter(codes)
    return passwords_after(text, cue)


_RULES: dict[str, Callable[[str, Cue], Iterator[Found]]] = {
    "code": _code_or_password,
    "english": passwords_after,
    "number": _number_or_code,
    "password": passwords_after,
}
