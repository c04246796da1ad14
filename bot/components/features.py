"""From a sentence to numbers: letters, sounds, words, meaning, side by side."""

from __future__ import annotations

from itertools import pairwise
from typing import Dict, Iterator, List, Sequence

import numpy as np
from scipy.sparse import csr_matrix, hstack

from bot.components.hearing import Sentence
from bot.components.other_services import OURS
from bot.components.terms import Counts, Terms, count
from bot.components.word_vectors import WordVectors
from bot.text.folding import fold
from bot.text.kana import letters_only, skeleton

_VECTOR_PARTS = ("keys", "rows", "table")


# Word vectors say what is meant where no letter is shared: they count double.
_MEANING_WEIGHT = 2.0


def _runs(text: str, shortest: int, longest: int) -> Iterator[str]:
    for size in range(shortest, longest + 1):
        for start in range(len(text) - size + 1):
            yield text[start : start + size]


def _letters(sentence: Sentence) -> Iterator[str]:
    """Yield runs of 1 to 4 letters; they survive typos and unknown words."""
    return _runs(_joined(sentence), 1, 4)


def _sounds(sentence: Sentence) -> Iterator[str]:
    """Yield runs of 2 to 5 kana of the reading: wrong kanji and no kanji sound the same."""
    return _runs(skeleton(letters_only(sentence.reading or sentence.text)), 2, 5)


def _words(sentence: Sentence) -> Iterator[str]:
    """Yield normalized words and pairs of them."""
    lemmas = [lemma.lower() for lemma in sentence.lemmas]
    yield from lemmas
    yield from (f"{first} {second}" for first, second in pairwise(lemmas))


def _ends(sentence: Sentence) -> Iterator[str]:
    """Yield how the sentence begins and ends: there Japanese says what is wanted."""
    text = _joined(sentence)
    yield from (f"^{text[:size]}" for size in (2, 3))
    yield from (f"{text[-size:]}$" for size in (2, 3, 4))


def _elsewhere(sentence: Sentence) -> Iterator[str]:
    """Yield the kinds of other services that are named, and whether ours is named beside them."""
    for kind in sentence.elsewhere:
        yield kind
        yield kind if OURS in sentence.elsewhere else f"{kind} alone"


def _joined(sentence: Sentence) -> str:
    return fold(sentence.text).replace(" ", "")


# Each kind of terms and how much its row of length 1 counts.
_KINDS = {
    "letters": (_letters, 1.0),
    "sounds": (_sounds, 1.0),
    "words": (_words, 1.0),
    "ends": (_ends, 0.5),
    "elsewhere": (_elsewhere, 0.5),
}


def _counted(kind: str, sentences: Sequence[Sentence]) -> List[Counts]:
    cut, _ = _KINDS[kind]
    return [count(cut(each)) for each in sentences]


class Featurizer:
    """TF-IDF of each kind of terms, and the IDF-weighted mean of word vectors."""

    def __init__(self, terms: Dict[str, Terms], vectors: WordVectors):
        """`terms`: for each kind what is known of it."""
        self._terms, self.vectors = terms, vectors
        self._rarest = float(max(terms["words"].idf))

    @classmethod
    def fit(cls, sentences: Sequence[Sentence], vectors: WordVectors) -> Featurizer:
        """Learn terms and their weights from `sentences`."""
        counted = {kind: _counted(kind, sentences) for kind in _KINDS}
        return cls({kind: Terms.fit(counts) for kind, counts in counted.items()}, vectors)

    def transform(self, sentences: Sequence[Sentence]) -> csr_matrix:
        """Return sentences x features, float32."""
        parts = [
            _KINDS[kind][1] * terms.matrix(_counted(kind, sentences))
            for kind, terms in self._terms.items()
        ]
        means = np.vstack([self._meaning(sentence) for sentence in sentences])
        return hstack([*parts, means], format="csr", dtype=np.float32)

    def product(self, sentence: Sentence, weights: np.ndarray) -> np.ndarray:
        """Return `transform([sentence]) @ weights` without building a matrix.

        `weights`: features x classes.
        """
        total, begin = np.zeros(weights.shape[1], dtype=np.float32), 0
        for kind, terms in self._terms.items():
            cut, weight = _KINDS[kind]
            row = terms.row(count(cut(sentence)))
            total += weight * row.values @ weights[begin + row.columns]
            begin += len(terms)
        meaning: np.ndarray = total + self._meaning(sentence) @ weights[begin:]
        return meaning

    def _meaning(self, sentence: Sentence) -> np.ndarray:
        words, rarest = self._terms["words"], self._rarest
        mean = self.vectors.mean(
            (lemma, words.rarity(lemma.lower(), rarest)) for lemma in sentence.lemmas
        )
        return _MEANING_WEIGHT * mean

    def arrays(self) -> Dict[str, np.ndarray]:
        """Return everything learned, for npz."""
        vectors = {part: getattr(self.vectors, part) for part in _VECTOR_PARTS}
        return {
            **{f"{kind}_keys": terms.keys for kind, terms in self._terms.items()},
            **{f"{kind}_idf": terms.idf for kind, terms in self._terms.items()},
            **{f"vector_{part}": array for part, array in vectors.items()},
        }

    @classmethod
    def restore(cls, arrays: Dict[str, np.ndarray]) -> Featurizer:
        """Rebuild from what `arrays` gave."""
        terms = {kind: Terms(arrays[f"{kind}_keys"], arrays[f"{kind}_idf"]) for kind in _KINDS}
        return cls(terms, WordVectors(*(arrays[f"vector_{part}"] for part in _VECTOR_PARTS)))
