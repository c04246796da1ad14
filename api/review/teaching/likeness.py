"""Is this sentence the person's own? Do we have one like it? Pure."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache, lru_cache
from threading import Lock

from sudachipy import Dictionary, SplitMode
from sudachipy.tokenizer import Tokenizer

from bot.text.kana import letters_only
from bot.text.sound import sound, sounds_alike

# Above this two sentences are one with small changes.
_TOO_CLOSE = 0.75
# A run this long of a person's own words could be known again.
_LONGEST_RUN = 12
# Sudachi's tokenizer refuses to be used by two threads at once.
_one_at_a_time = Lock()


def too_close(written: str, said: str) -> bool:
    """Say whether `written` still is what the person said."""
    ours, theirs = letters_only(written), letters_only(said)
    if not ours or not theirs:
        return not ours
    match = SequenceMatcher(None, ours, theirs, autojunk=False)
    if match.find_longest_match().size >= min(_LONGEST_RUN, len(theirs)):
        return True
    return match.ratio() >= _TOO_CLOSE


def near_duplicate(written: str, known: Iterable[str]) -> str | None:
    """Return the known sentence that sounds like `written`.

    By the same comparison as `tools.near_duplicates`, which looks at what is downloaded. The first
    time it reads all of `known`, which takes seconds: not for the event loop.
    """
    ours = _heard(written)
    return next((each for each in known if sounds_alike(ours, _heard(each))), None)


@cache
def _words() -> Tokenizer:
    return Dictionary().create(mode=SplitMode.C)


@lru_cache(maxsize=20_000)
def _heard(sentence: str) -> str:
    with _one_at_a_time:
        return sound(sentence, _words())
