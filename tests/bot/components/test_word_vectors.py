import subprocess
import sys

import numpy as np
import pytest

from bot.components.word_vectors import WordVectors


def test_known_words_have_vectors_of_length_one(vectors: WordVectors) -> None:
    assert np.linalg.norm(vectors.mean([("パスワード", 1.0)])) == pytest.approx(1, abs=1e-3)


def test_unknown_words_add_nothing(vectors: WordVectors) -> None:
    assert not vectors.mean([("ｑｚｘｗ未知の語", 1.0)]).any()


def test_words_of_like_meaning_are_closer_than_others(vectors: WordVectors) -> None:
    word = {name: vectors.mean([(name, 1.0)]) for name in ("パスワード", "暗証番号", "天気")}
    assert word["パスワード"] @ word["暗証番号"] > word["パスワード"] @ word["天気"]


def test_serving_never_imports_spacy() -> None:
    program = (
        "import sys, bot.components.linear_intent_classifier, bot.components.sudachi_tokenizer;"
        "sys.exit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-W", "ignore", "-c", program]).returncode == 0
