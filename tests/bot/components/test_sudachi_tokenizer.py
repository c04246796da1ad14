from pathlib import Path

import pytest
import yaml
from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.sudachi_tokenizer import SudachiTokenizer

TABLE = yaml.safe_load((Path(__file__).parents[2] / "data" / "tokens.yml").read_text("utf-8"))
RESOURCE = Resource("tokenizer")


@pytest.fixture
def trained(storage: LocalModelStorage, context: ExecutionContext) -> SudachiTokenizer:
    config = SudachiTokenizer.get_default_config()
    tokenizer = SudachiTokenizer.create(config, storage, RESOURCE, context)
    tokenizer.train(TrainingData([]))
    return tokenizer


@pytest.fixture
def loaded(
    trained: SudachiTokenizer, storage: LocalModelStorage, context: ExecutionContext
) -> SudachiTokenizer:
    # A path that does not exist shows that only the model's own dictionary is read.
    config = {**SudachiTokenizer.get_default_config(), "dictionary": "/nowhere/terms.csv"}
    return SudachiTokenizer.load(config, storage, RESOURCE, context)


def words(tokenizer: SudachiTokenizer, text: str) -> list[Token]:
    return tokenizer.tokenize(Message({TEXT: text}), TEXT)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["text"])
def test_sentences_fall_into_the_expected_words(loaded: SudachiTokenizer, row: dict) -> None:
    assert [token.text for token in words(loaded, row["text"])] == row["words"]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["text"])
def test_the_lemma_is_the_normalized_form(loaded: SudachiTokenizer, row: dict) -> None:
    assert [token.lemma for token in words(loaded, row["text"])] == row["lemmas"]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["text"])
def test_offsets_slice_back_to_the_text(loaded: SudachiTokenizer, row: dict) -> None:
    for token in words(loaded, row["text"]):
        assert row["text"][token.start : token.end] == token.text


def test_a_loaded_tokenizer_splits_like_the_trained_one(
    trained: SudachiTokenizer, loaded: SudachiTokenizer
) -> None:
    for row in TABLE:
        assert words(loaded, row["text"]) == words(trained, row["text"])


def test_every_word_of_our_list_is_one_token(loaded: SudachiTokenizer) -> None:
    source = Path(SudachiTokenizer.get_default_config()["dictionary"])
    surfaces = [line.split(",")[0] for line in source.read_text("utf-8").splitlines()[1:]]
    assert {s: len(words(loaded, s)) for s in surfaces} == dict.fromkeys(surfaces, 1)


def test_an_untrained_tokenizer_says_so(
    storage: LocalModelStorage, context: ExecutionContext
) -> None:
    config = SudachiTokenizer.get_default_config()
    fresh = SudachiTokenizer.create(config, storage, RESOURCE, context)
    with pytest.raises(RuntimeError, match="before it was trained"):
        words(fresh, "求人")
