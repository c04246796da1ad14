"""How a sentence sounds, and whether two sound like one: what is taught twice is told by this."""

from sudachipy.tokenizer import Tokenizer

from bot.text.folding import fold
from bot.text.kana import letters_only, skeleton

# Above it lie particles, marks and endings; below it begin different questions.
ALIKE = 0.9


def sound(text: str, words: Tokenizer) -> str:
    """Return how `text` sounds, in hiragana; what has no sound stays as it is folded.

    Sudachi reads blanks and symbols as the word for symbol, so they are left out before.
    """
    folded = fold(text)
    spoken = (word for word in words.tokenize(folded) if letters_only(word.surface()))
    read = "".join(word.reading_form() or word.surface() for word in spoken)
    return skeleton(letters_only(read)) or folded


def sounds_alike(one: str, other: str) -> bool:
    """Say whether two sounds are nearly the same."""
    both = len(one) + len(other)
    # No more than the shorter one can be in common: most pairs end here.
    if 2 * min(len(one), len(other)) < ALIKE * both:
        return False
    return 2 * _in_common(one, other) >= ALIKE * both


def _in_common(one: str, other: str) -> int:
    """Return the length of the longest common subsequence (Hyyrö 2004: a row is one number)."""
    places: dict[str, int] = {}
    for place, char in enumerate(one):
        places[char] = places.get(char, 0) | 1 << place
    everywhere = (1 << len(one)) - 1
    row = everywhere
    for char in other:
        here = row & places.get(char, 0)
        row = ((row + here) | (row - here)) & everywhere
    return len(one) - row.bit_count()
