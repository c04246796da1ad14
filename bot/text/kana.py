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


# Sounds that people write either way.
_EITHER_WAY = str.maketrans("ぁぃぅぇぉゃゅょゎぢづを", "あいうえおやゆよわじずお", "っー")
# A vowel that only draws the one before it out: おう, ええ, えい.
_DRAWN_OUT = {"AA", "II", "UU", "EE", "EI", "OO", "OU"}


def skeleton(kana: str) -> str:
    """Return hiragana without what people leave out or write in two ways when they are unsure.

    Long vowels, small letters, ぢ and づ: 「ぱすわーど」 and 「ぱすわあど」 are one.
    """
    kept = ""
    for char in kana.translate(_EITHER_WAY):
        if not (char in "あいうえお" and kept and _vowel(kept[-1]) + _vowel(char) in _DRAWN_OUT):
            kept += char
    return kept


def _vowel(char: str) -> str:
    """Return the vowel a hiragana ends in; its name ends in it: HIRAGANA LETTER KO."""
    return unicodedata.name(char, "-")[-1]
