import json
from pathlib import Path

import numpy as np
import pytest

from bot.components.features import Featurizer
from bot.components.hearing import Sentence
from bot.components.linear_model import LinearModel
from bot.components.word_vectors import WordVectors

EXAMPLES = {
    "password_forgot": [
        ["パスワード", "を", "忘れる"],
        ["パスワード", "分かる", "ず"],
        ["合言葉", "忘れる"],
    ],
    "otp_not_received": [
        ["番号", "が", "届く", "ない"],
        ["コード", "来る", "ない"],
        ["メール", "届く", "ず"],
    ],
    "greeting": [["今日は"], ["今晩は"], ["初めまして"]],
}
ASKED = [
    Sentence("パスワードが思い出せない", ["パスワード", "が", "思い出す", "ない"]),
    Sentence("届かん", ["届く", "ず"]),
]


def train(vectors: WordVectors, intents: list[str]) -> LinearModel:
    pairs = [
        (Sentence("".join(words), words), intent)
        for intent in intents
        for words in EXAMPLES[intent]
    ]
    return LinearModel.fit([p[0] for p in pairs], [p[1] for p in pairs], vectors, 0.5)


@pytest.fixture(scope="module")
def model(vectors: WordVectors) -> LinearModel:
    return train(vectors, list(EXAMPLES))


def test_probabilities_sum_to_one(model: LinearModel) -> None:
    assert sum(p for _, p in model.rank(ASKED[0])) == pytest.approx(1)


def test_the_likeliest_intent_comes_first(model: LinearModel) -> None:
    assert model.rank(ASKED[0])[0][0] == "password_forgot"


def test_a_saved_and_loaded_model_gives_the_same_scores(model: LinearModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    loaded = LinearModel.load(tmp_path)
    for sentence in ASKED:
        assert dict(loaded.rank(sentence)) == pytest.approx(dict(model.rank(sentence)), abs=1e-6)


def test_training_twice_gives_the_same_scores(model: LinearModel, vectors: WordVectors) -> None:
    again = train(vectors, list(EXAMPLES))
    assert again.rank(ASKED[1]) == pytest.approx(model.rank(ASKED[1]))


def test_two_intents_work_like_many(vectors: WordVectors) -> None:
    model = train(vectors, ["password_forgot", "otp_not_received"])
    assert [intent for intent, _ in model.rank(ASKED[1])] == ["otp_not_received", "password_forgot"]


def test_the_files_are_arrays_and_json_only(model: LinearModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    json.loads((tmp_path / "labels.json").read_text("utf-8"))
    with np.load(tmp_path / "arrays.npz", allow_pickle=False) as arrays:
        assert all(arrays[name].dtype != object for name in arrays)


def test_an_empty_sentence_is_ranked_too(model: LinearModel) -> None:
    assert len(model.rank(Sentence("", []))) == len(EXAMPLES)


@pytest.mark.parametrize("sentence", [*ASKED, Sentence("", []), Sentence("ゑゑゑ", ["ゑゑゑ"])])
def test_one_sentence_is_scored_as_many_are(model: LinearModel, sentence: Sentence) -> None:
    many = np.asarray(model.featurizer.transform([sentence]) @ model.weights.astype(np.float32))[0]
    assert model.featurizer.product(sentence, model.weights) == pytest.approx(many, abs=1e-3)


def test_wrong_kanji_that_sound_the_same_share_features(vectors: WordVectors) -> None:
    taught = [Sentence("番号", ["番号"], "バンゴウ"), Sentence("別", ["別"], "ベツ")]
    heard = Featurizer.fit(taught, vectors)
    right = heard.transform([Sentence("番号", ["番号"], "バンゴウ")])
    wrong = heard.transform([Sentence("万豪", ["万豪"], "バンゴウ")])
    assert (right @ wrong.T)[0, 0] > 0


def test_a_favoured_intent_gains_on_the_others(vectors: WordVectors) -> None:
    model = train(vectors, list(EXAMPLES))
    before = dict(model.rank(ASKED[0]))["greeting"]
    model.favour("greeting", 0.5)
    assert dict(model.rank(ASKED[0]))["greeting"] > before
