"""From a sentence to numbers: letters, words, meaning, side by side."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Dict, Iterator, List, NamedTuple, Sequence

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.components.word_vectors import WordVectors
from bot.text.folding import fold


class Sentence(NamedTuple):
    """A text and the normalized forms of its words."""

    text: str
    lemmas: Sequence[str]


def _letters(sentence: Sentence) -> Iterator[str]:
    """Yield runs of 1 to 4 letters; they survive typos and unknown words."""
    text = fold(sentence.text).replace(" ", "")
    for size in range(1, 5):
        for start in range(len(text) - size + 1):
            yield text[start : start + size]


def _words(sentence: Sentence) -> Iterator[str]:
    """Yield normalized words and pairs of them."""
    lemmas = [lemma.lower() for lemma in sentence.lemmas]
    yield from lemmas
    yield from (f"{first} {second}" for first, second in pairwise(lemmas))


_ANALYZERS = {"letters": _letters, "words": _words}


def _vectorizer(name: str, **options: Any) -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer=_ANALYZERS[name], sublinear_tf=True, dtype=np.float32, **options
    )


class Featurizer:
    """TF-IDF of letters and of words, and the IDF-weighted mean of word vectors."""

    def __init__(self, letters: TfidfVectorizer, words: TfidfVectorizer, vectors: WordVectors):
        self.letters, self.words, self.vectors = letters, words, vectors
        self._weights = dict(zip(self.terms(words), words.idf_, strict=True))
        self._rare = float(max(words.idf_))

    @staticmethod
    def terms(vectorizer: TfidfVectorizer) -> List[str]:
        """Return the vocabulary in column order."""
        return sorted(vectorizer.vocabulary_, key=vectorizer.vocabulary_.get)

    @classmethod
    def fit(cls, sentences: Sequence[Sentence], vectors: WordVectors) -> Featurizer:
        """Learn vocabularies and weights from `sentences`."""
        letters, words = _vectorizer("letters"), _vectorizer("words")
        return cls(letters.fit(sentences), words.fit(sentences), vectors)

    def transform(self, sentences: Sequence[Sentence]) -> csr_matrix:
        """Return sentences x features, float32."""
        means = np.vstack([self._meaning(sentence) for sentence in sentences])
        parts = [self.letters.transform(sentences), self.words.transform(sentences), means]
        return hstack(parts, format="csr", dtype=np.float32)

    def _meaning(self, sentence: Sentence) -> np.ndarray:
        weights = self._weights
        return self.vectors.mean(
            (lemma, weights.get(lemma.lower(), self._rare)) for lemma in sentence.lemmas
        )

    def vocabularies(self) -> Dict[str, List[str]]:
        """Return both vocabularies in column order, for JSON."""
        return {"letters": self.terms(self.letters), "words": self.terms(self.words)}

    def arrays(self) -> Dict[str, np.ndarray]:
        """Return everything numeric, for npz."""
        return {
            "letters_idf": self.letters.idf_,
            "words_idf": self.words.idf_,
            "vector_keys": self.vectors.keys,
            "vector_rows": self.vectors.rows,
            "vector_table": self.vectors.table,
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
        vectors = WordVectors(*(arrays[f"vector_{part}"] for part in ("keys", "rows", "table")))
        return cls(restored["letters"], restored["words"], vectors)
