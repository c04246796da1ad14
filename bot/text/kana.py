"""Katakana to hiragana, and text without what may stand between letters."""

import unicodedata
from functools import lru_cache

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


_SYLLABLE, _SMALL = "HIRAGANA LETTER ", "SMALL "
# Sounds that people write either way; a small TU and a long mark are left out.
_EITHER_WAY = {"DI": "ZI", "DU": "ZU", "WO": "O"}
_LEFT_OUT = {f"{_SYLLABLE}{_SMALL}TU", "KATAKANA-HIRAGANA PROLONGED SOUND MARK"}
# A vowel that only draws the one before it out, as in KOU, SEI, OOKII.
_DRAWN_OUT = {"AA", "II", "UU", "EE", "EI", "OO", "OU"}


def skeleton(kana: str) -> str:
    """Return hiragana without what people leave out or write in two ways when they are unsure.

    Long vowels, small letters, DI and DU: 「ぱすわーど」 and 「ぱすわあど」 are one.
    """
    kept, before = "", ""
    for char in kana:
        syllable = _syllable(char)
        if len(syllable) == 1 and before[-1:] + syllable in _DRAWN_OUT:
            continue
        if syllable:
            kept, before = kept + unicodedata.lookup(_SYLLABLE + syllable), syllable
        elif unicodedata.name(char, "") not in _LEFT_OUT:
            kept, before = kept + char, ""
    return kept


@lru_cache(maxsize=512)
def _syllable(char: str) -> str:
    """Return KO for the hiragana of that name, large for small ones; nothing for other signs."""
    name = unicodedata.name(char, "")
    if not name.startswith(_SYLLABLE) or name in _LEFT_OUT:
        return ""
    syllable = name.removeprefix(_SYLLABLE).removeprefix(_SMALL)
    return _EITHER_WAY.get(syllable, syllable)
