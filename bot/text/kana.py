"""Katakana to hiragana, and text without what may stand between letters."""

import unicodedata

from bot.text.folding import fold

# Both blocks have the same order. https://www.unicode.org/charts/PDF/U30A0.pdf
_FIRST, _LAST, _DISTANCE = 0x30A1, 0x30F6, 0x60


def to_hiragana(text: str) -> str:
    """Return `text` with katakana as hiragana."""
    return "".join(
        chr(ord(char) - _DISTANCE) if _FIRST <= ord(char) <= _LAST else char for char in text
    )


def letters_only(text: str) -> str:
    """Return the folded text in hiragana, without spaces, punctuation and symbols."""
    kept = (char for char in fold(text) if unicodedata.category(char)[0] in "LNM" or char == "ー")
    return to_hiragana("".join(kept))
