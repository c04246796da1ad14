"""From a sentence to numbers: letters, sounds, words, meaning, side by side."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any, Dict, Iterator, List, NamedTuple, Sequence, Tuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.components.word_vectors import WordVectors
from bot.text.folding import fold
from bot.text.kana import letters_only

_VECTOR_PARTS = ("keys", "rows", "table")


# Word vectors say what is meant where no letter is shared: they count double.
_MEANING_WEIGHT = 2.0


class Sentence(NamedTuple):
    """A text, the normalized forms of its words, and how the whole is read."""

    text: str
    lemmas: Sequence[str]
    reading: str = ""


def _letters(sentence: Sentence) -> Iterator[str]:
    """Yield runs of 1 to 4 letters; they survive typos and unknown words."""
    text = fold(sentence.text).replace(" ", "")
    for size in range(1, 5):
        for start in range(len(text) - size + 1):
            yield text[start : start + size]


def _sounds(sentence: Sentence) -> Iterator[str]:
    """Yield runs of 2 to 5 kana of the reading: wrong kanji and no kanji sound the same."""
    kana = letters_only(sentence.reading or sentence.text)
    for size in range(2, 6):
        for start in range(len(kana) - size + 1):
            yield kana[start : start + size]


def _words(sentence: Sentence) -> Iterator[str]:
    """Yield normalized words and pairs of them."""
    lemmas = [lemma.lower() for lemma in sentence.lemmas]
    yield from lemmas
    yield from (f"{first} {second}" for first, second in pairwise(lemmas))


_ANALYZERS = {"letters": _letters, "sounds": _sounds, "words": _words}


def _vectorizer(name: str, **options: Any) -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer=_ANALYZERS[name], sublinear_tf=True, dtype=np.float32, **options
    )


class Featurizer:
    """TF-IDF of letters, sounds and words, and the IDF-weighted mean of word vectors."""

    def __init__(self, vectorizers: Dict[str, TfidfVectorizer], vectors: WordVectors):
        self._vectorizers, self.vectors = vectorizers, vectors
        words = vectorizers["words"]
        self._weights = dict(zip(self._terms(words), words.idf_, strict=True))
        self._rare = float(max(words.idf_))
        self._idf = {name: each.idf_ for name, each in vectorizers.items()}

    @staticmethod
    def _terms(vectorizer: TfidfVectorizer) -> List[str]:
        """Return the vocabulary in column order."""
        return sorted(vectorizer.vocabulary_, key=vectorizer.vocabulary_.get)

    @classmethod
    def fit(cls, sentences: Sequence[Sentence], vectors: WordVectors) -> Featurizer:
        """Learn vocabularies and weights from `sentences`."""
        return cls({name: _vectorizer(name).fit(sentences) for name in _ANALYZERS}, vectors)

    def transform(self, sentences: Sequence[Sentence]) -> csr_matrix:
        """Return sentences x features, float32."""
        parts = [each.transform(sentences) for each in self._vectorizers.values()]
        means = np.vstack([self._meaning(sentence) for sentence in sentences])
        return hstack([*parts, means], format="csr", dtype=np.float32)

    def product(self, sentence: Sentence, weights: np.ndarray) -> np.ndarray:
        """Return `transform([sentence]) @ weights`, many times as fast for one sentence.

        `weights`: features x classes. scikit-learn's checks cost more than the sum itself.
        """
        total, begin = np.zeros(weights.shape[1], dtype=np.float32), 0
        for name, vectorizer in self._vectorizers.items():
            columns, values = self._row(name, vectorizer.vocabulary_, sentence)
            total += values @ weights[begin + columns]
            begin += len(vectorizer.vocabulary_)
        meaning: np.ndarray = total + self._meaning(sentence) @ weights[begin:]
        return meaning

    def _row(
        self, name: str, vocabulary: Dict[str, int], sentence: Sentence
    ) -> Tuple[np.ndarray, np.ndarray]:
        """Return the columns of the terms that are known, and their weights of length 1."""
        counts = Counter(term for term in _ANALYZERS[name](sentence) if term in vocabulary)
        columns = np.fromiter((vocabulary[term] for term in counts), dtype=np.int64)
        often = np.fromiter(counts.values(), dtype=np.float32)
        values = (1 + np.log(often)) * self._idf[name][columns]
        length = np.sqrt((values**2).sum())
        return columns, (values / length if length else values).astype(np.float32)

    def _meaning(self, sentence: Sentence) -> np.ndarray:
        weights = self._weights
        mean = self.vectors.mean(
            (lemma, weights.get(lemma.lower(), self._rare)) for lemma in sentence.lemmas
        )
        return _MEANING_WEIGHT * mean

    def vocabularies(self) -> Dict[str, List[str]]:
        """Return the vocabularies in column order, for JSON."""
        return {name: self._terms(each) for name, each in self._vectorizers.items()}

    def arrays(self) -> Dict[str, np.ndarray]:
        """Return everything numeric, for npz."""
        vectors = {part: getattr(self.vectors, part) for part in _VECTOR_PARTS}
        return {
            **{f"{name}_idf": idf for name, idf in self._idf.items()},
            **{f"vector_{part}": array for part, array in vectors.items()},
        }

    @classmethod
    def restore(
        cls, vocabularies: Dict[str, List[str]], arrays: Dict[str, np.ndarray]
    ) -> Featurizer:
        """Rebuild from what `vocabularies` and `arrays` gave."""
        restored = {}
        for name, terms in vocabularies.items():
            vectorizer = _vectorizer(name, vocabulary={t: i for i, t in enumerate(terms)})
            vectorizer.idf_ = arrays[f"{name}_idf"]
            restored[name] = vectorizer
        return cls(restored, WordVectors(*(arrays[f"vector_{part}"] for part in _VECTOR_PARTS)))
