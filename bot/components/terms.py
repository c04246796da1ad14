"""TF-IDF over hashed terms: what a vocabulary of strings knows, in eight bytes a term.

Same weights as scikit-learn's TfidfVectorizer with sublinear_tf, whose dictionary of 400,000
strings cost 100 MB in the running process.
"""

from __future__ import annotations

from collections import Counter
from typing import Iterable, List, NamedTuple, Sequence
from zlib import crc32

import numpy as np
from scipy.sparse import csr_matrix


class Counts(NamedTuple):
    """How often each hashed term (uint32) stands in one sentence."""

    keys: np.ndarray
    often: np.ndarray


class Row(NamedTuple):
    """The known terms of one sentence: columns and their weights, together of length 1."""

    columns: np.ndarray
    values: np.ndarray


def count(terms: Iterable[str]) -> Counts:
    """Return `terms` hashed and counted; two of 400,000 terms rarely share a CRC."""
    counted = Counter(crc32(term.encode()) for term in terms)
    keys = np.fromiter(counted, dtype=np.uint32, count=len(counted))
    return Counts(keys, np.fromiter(counted.values(), dtype=np.float32, count=len(counted)))


class Terms:
    """The terms of one kind. `keys`: sorted uint32, one a column. `idf`: float32, their rarity."""

    def __init__(self, keys: np.ndarray, idf: np.ndarray) -> None:
        self.keys, self.idf = keys, idf

    @classmethod
    def fit(cls, sentences: Sequence[Counts]) -> Terms:
        """Learn the terms and how rare each is."""
        seen = np.concatenate([each.keys for each in sentences])
        keys, holding = np.unique(seen, return_counts=True)
        idf = np.log((1 + len(sentences)) / (1 + holding)) + 1
        return cls(keys, idf.astype(np.float32))

    def __len__(self) -> int:
        return len(self.keys)

    def row(self, counts: Counts) -> Row:
        """Weigh the terms of one sentence; what was never seen is left out."""
        places = np.searchsorted(self.keys, counts.keys)
        known = places < len(self.keys)
        known[known] = self.keys[places[known]] == counts.keys[known]
        columns = places[known]
        values = (1 + np.log(counts.often[known])) * self.idf[columns]
        length = np.sqrt((values**2).sum())
        return Row(columns, values / length if length else values)

    def matrix(self, sentences: Sequence[Counts]) -> csr_matrix:
        """Return sentences x terms, float32."""
        rows: List[Row] = [self.row(each) for each in sentences]
        ends = np.cumsum([0, *(len(row.columns) for row in rows)])
        parts = (
            np.concatenate([row.values for row in rows]),
            np.concatenate([row.columns for row in rows]),
            ends,
        )
        return csr_matrix(parts, shape=(len(rows), len(self)), dtype=np.float32)

    def rarity(self, term: str, default: float) -> float:
        """Return the IDF of `term`, `default` where it is not known."""
        key = np.uint32(crc32(term.encode()))
        place = int(np.searchsorted(self.keys, key))
        found = place < len(self.keys) and self.keys[place] == key
        return float(self.idf[place]) if found else default
