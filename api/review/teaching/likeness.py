"""Is this sentence the person's own? Do we have one like it? Pure."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from bot.text.kana import letters_only

# Above these two sentences are one with small changes.
_TOO_CLOSE, _SAME, _SHARED = 0.75, 0.9, 0.6
# A run this long of a person's own words could be known again.
_LONGEST_RUN = 12


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
    """Return the known sentence that `written` repeats with small changes.

    Comparing letter by letter is slow; sentences that share few pairs are left out before.
    """
    ours, our_pairs = _folded(written)
    for sentence in known:
        theirs, their_pairs = _folded(sentence)
        shared = len(our_pairs & their_pairs) * 2
        if shared < _SHARED * (len(our_pairs) + len(their_pairs)) or not theirs:
            continue
        if SequenceMatcher(None, ours, theirs, autojunk=False).ratio() >= _SAME:
            return sentence
    return None


@lru_cache(maxsize=20_000)
def _folded(sentence: str) -> tuple[str, frozenset[str]]:
    letters = letters_only(sentence)
    # A mark at both ends, so that a single letter has a pair too.
    framed = f"^{letters}$"
    return letters, frozenset(framed[place : place + 2] for place in range(len(framed) - 1))
