import pytest
from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.linear_intent_classifier import LinearIntentClassifier
from bot.components.sudachi_tokenizer import SudachiTokenizer

EXAMPLES = {
    "password_forgot": ["パスワードを忘れた", "暗証番号がわからない", "パスワード思い出せない"],
    "otp_not_received": ["番号のメールが届かない", "コードが来ない", "ワンタイムパスワード届かず"],
}


@pytest.fixture
def tokenizer(storage: LocalModelStorage, context: ExecutionContext) -> SudachiTokenizer:
    config = SudachiTokenizer.get_default_config()
    tokenizer = SudachiTokenizer.create(config, storage, Resource("tokenizer"), context)
    tokenizer.train(TrainingData([]))
    return tokenizer


@pytest.fixture
def data(tokenizer: SudachiTokenizer) -> TrainingData:
    pairs = [(text, intent) for intent, texts in EXAMPLES.items() for text in texts]
    return tokenizer.process_training_data(
        TrainingData([Message({TEXT: text, INTENT: intent}) for text, intent in pairs])
    )


@pytest.fixture
def trained(
    data: TrainingData, storage: LocalModelStorage, context: ExecutionContext
) -> LinearIntentClassifier:
    config = LinearIntentClassifier.get_default_config()
    classifier = LinearIntentClassifier.create(config, storage, Resource("intents"), context)
    classifier.train(data)
    return classifier


def parse(classifier: LinearIntentClassifier, tokenizer: SudachiTokenizer, text: str) -> dict:
    message = tokenizer.process([Message({TEXT: text})])[0]
    return classifier.process([message])[0].as_dict(only_output_properties=True)


def test_the_component_survives_training_saving_and_loading(
    trained: LinearIntentClassifier,
    tokenizer: SudachiTokenizer,
    storage: LocalModelStorage,
    context: ExecutionContext,
) -> None:
    config = LinearIntentClassifier.get_default_config()
    loaded = LinearIntentClassifier.load(config, storage, Resource("intents"), context)
    text = "パスワードわからん"
    assert parse(loaded, tokenizer, text) == parse(trained, tokenizer, text)


def test_the_first_of_the_ranking_is_the_intent(
    trained: LinearIntentClassifier, tokenizer: SudachiTokenizer
) -> None:
    parsed = parse(trained, tokenizer, "コード届かない")
    assert parsed["intent"] == parsed["intent_ranking"][0]


def test_an_untrained_classifier_says_so(
    tokenizer: SudachiTokenizer, storage: LocalModelStorage, context: ExecutionContext
) -> None:
    config = LinearIntentClassifier.get_default_config()
    fresh = LinearIntentClassifier.create(config, storage, Resource("intents"), context)
    with pytest.raises(RuntimeError, match="before it was trained"):
        parse(fresh, tokenizer, "求人")
