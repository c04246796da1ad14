"""How a sentence is heard: spelling evened out, words normalized, read aloud.

The tokens that Rasa keeps slice the text back as it was typed; what the classifier sees is this.
"""

from __future__ import annotations

import re
from typing import NamedTuple, Sequence

import jaconv
from sudachipy.tokenizer import Tokenizer

from bot.components.other_services import OtherServices
from bot.text.folding import fold
from bot.text.kana import letters_only, to_hiragana

# Three or more of one sign say no more than one does; figures and letters of codes do.
_REPEATED = re.compile(r"([^0-9a-z\s])\1{2,}")
_KATAKANA, _HIRAGANA = re.compile(r"[\u30a1-\u30f6]"), re.compile(r"[\u3041-\u3093]")
# The longest words in katakana have so many letters: メールアドレス, インターネットサービス.
_TWO_WORDS, _ONE_WORD = 7, 11
# Letters set apart one by one.
_SPACED = re.compile(r"(?<!\S)\S(?: \S){3,}(?!\S)")
# A laugh at the end of a word.
_LAUGHTER = re.compile(r"(?<![a-z])w{2,}(?![a-z.])")
_LATIN = re.compile(r"[a-z][a-z'\-]*")
# Hepburn and Kunrei syllables. https://www.mofa.go.jp/mofaj/toko/passport/ebon.html
_SYLLABLE = r"(?:kk|ss|tt|pp|[kstnhmrgzdbp]y|sh|ssh|ch|tch|ts|[kstnhmyrwgzjdbpf])?[aiueo]|n'?|-"
_ROMAJI = re.compile(f"(?:{_SYLLABLE})+")
# Without one it is an abbreviation: PW, SMS.
_VOWEL = re.compile("[aiueo]")
# English has words that look like syllables: no, to, me, do, so, are, use, name ...
_MOST, _ENOUGH = 0.75, 2

_OTHERS = OtherServices()


class Sentence(NamedTuple):
    """A text, the normalized forms of its words, how the whole is read, and what else it names.

    `elsewhere`: kinds of services that are not ours.
    """

    text: str
    lemmas: Sequence[str]
    reading: str = ""
    elsewhere: Sequence[str] = ()


def even_out(text: str) -> str:
    """Return `text` folded, without repetitions and laughter; romaji and all katakana as kana."""
    folded = _LAUGHTER.sub("", _REPEATED.sub(r"\1", fold(text)))
    folded = _SPACED.sub(lambda letters: letters[0].replace(" ", ""), folded)
    if _is_romaji(folded):
        return _kana(folded)
    return to_hiragana(folded) if _is_all_katakana(folded) else folded


def _is_all_katakana(folded: str) -> bool:
    """Say whether even particles are in katakana, as old and half-width keyboards write."""
    enough = _TWO_WORDS if " " in folded else _ONE_WORD
    return len(_KATAKANA.findall(folded)) > enough and not _HIRAGANA.search(folded)


def _is_romaji(folded: str) -> bool:
    words = [word for word in _LATIN.findall(folded) if len(word) > 1 and _VOWEL.search(word)]
    spelled = sum(_ROMAJI.fullmatch(word) is not None for word in words)
    return spelled >= max(_ENOUGH, _MOST * len(words))


def _kana(folded: str) -> str:
    return _LATIN.sub(
        lambda word: jaconv.alphabet2kana(word[0]) if _ROMAJI.fullmatch(word[0]) else word[0],
        folded,
    )


def hear(text: str, words: Tokenizer) -> Sentence:
    """Return what the classifier gets of `text`.

    Blanks and marks are no words: Sudachi reads them as the word for symbol.
    """
    even = even_out(text)
    heard = [word for word in words.tokenize(even) if word.surface().strip()]
    reading = "".join(
        word.reading_form() or word.surface() for word in heard if letters_only(word.surface())
    )
    elsewhere = _OTHERS.kinds([word.surface() for word in heard])
    return Sentence(even, [word.normalized_form() for word in heard], reading, elsewhere)
