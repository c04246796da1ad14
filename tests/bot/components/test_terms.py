import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.components.terms import Terms, count

SENTENCES = [["番号", "来る", "ない"], ["番号", "番号", "違う"], ["検索", "出る", "ない"]]
COUNTS = [count(words) for words in SENTENCES]


def test_weights_are_those_of_scikit_learn() -> None:
    theirs = TfidfVectorizer(analyzer=lambda words: words, sublinear_tf=True)
    expected = theirs.fit_transform(SENTENCES).toarray()
    ours = Terms.fit(COUNTS).matrix(COUNTS).toarray()
    for row, other in zip(ours, expected, strict=True):
        assert sorted(row[row > 0]) == pytest.approx(sorted(other[other > 0]), abs=1e-5)


def test_a_row_has_length_one() -> None:
    assert np.linalg.norm(Terms.fit(COUNTS).row(COUNTS[1]).values) == pytest.approx(1)


def test_what_was_never_seen_is_left_out() -> None:
    assert len(Terms.fit(COUNTS).row(count(["新しい"])).columns) == 0


def test_an_unknown_term_is_as_rare_as_said() -> None:
    assert Terms.fit(COUNTS).rarity("新しい", 9.0) == 9.0
