"""Word vectors without spaCy at serving time.

Training reads the vectors that the ja-ginza package ships (20,000 rows of 300 numbers for
480,000 words) straight from their files; loading the whole pipeline costs 5 s and 435 MB.
The model keeps a hash table instead of the words: 8 bytes a word.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Dict, Iterable, Tuple

import numpy as np


def _key(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")


class WordVectors:
    """A table of unit vectors, looked up by word.

    `keys` is a sorted uint64 array of word hashes, `rows` (uint32) their rows in `table`
    (float16, words x dimensions, each row of length 1).
    """

    def __init__(self, keys: np.ndarray, rows: np.ndarray, table: np.ndarray) -> None:
        self.keys, self.rows, self.table = keys, rows, table

    @property
    def dimensions(self) -> int:
        """Length of one vector."""
        return int(self.table.shape[1])

    @classmethod
    def from_words(cls, words: Dict[str, int], table: np.ndarray) -> WordVectors:
        """Build from word -> row of `table` (any float type, need not be normalized)."""
        lengths = np.linalg.norm(table, axis=1, keepdims=True)
        unit = (table / np.where(lengths == 0, 1, lengths)).astype(np.float16)
        keys = np.array([_key(word) for word in words], dtype=np.uint64)
        order = np.argsort(keys)
        rows = np.array(list(words.values()), dtype=np.uint32)
        return cls(keys[order], rows[order], unit)

    @classmethod
    def from_ginza(cls) -> WordVectors:
        """Copy the vectors out of the installed ja-ginza package.

        Raises ImportError when the package is missing; `make up` installs it.
        """
        import ja_ginza
        from spacy.strings import StringStore
        from spacy.vectors import Vectors

        home = Path(ja_ginza.__file__).parent
        vocab = home / f"ja_ginza-{ja_ginza.__version__}" / "vocab"
        strings = StringStore().from_disk(vocab / "strings.json")
        vectors = Vectors().from_disk(vocab)
        words = {strings[key]: row for key, row in vectors.key2row.items() if key in strings}
        return cls.from_words(words, np.asarray(vectors.data))

    def mean(self, weighted: Iterable[Tuple[str, float]]) -> np.ndarray:
        """Return the weighted mean of the known words as a float32 vector of length 1 or 0."""
        total = np.zeros(self.dimensions, dtype=np.float32)
        for word, weight in weighted:
            row = self._row(word)
            if row is not None:
                total += weight * self.table[row].astype(np.float32)
        length = float(np.linalg.norm(total))
        return total / length if length else total

    def _row(self, word: str) -> int | None:
        key = np.uint64(_key(word))
        place = int(np.searchsorted(self.keys, key))
        if place < len(self.keys) and self.keys[place] == key:
            return int(self.rows[place])
        return None
