"""The intent classifier: `LinearModel` as a Rasa graph component."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List, Optional, Type

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.hearing import Sentence
from bot.components.linear_model import LinearModel
from bot.components.sudachi_tokenizer import HEARD
from bot.components.word_vectors import WordVectors


def _sentence(message: Message) -> Sentence:
    heard: Sentence = message.get(HEARD)
    return heard


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(IntentClassifier, GraphComponent):
    """Ranks intents by letters, normalized words and word vectors."""

    @classmethod
    def required_components(cls) -> List[Type]:
        """A tokenizer that sets lemmas has to run before."""
        return [Tokenizer]

    @staticmethod
    def required_packages() -> List[str]:
        """Named so that Rasa complains early."""
        return ["sklearn", "scipy"]

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Return the defaults.

        `regularization`: C of LinearSVC. `ranking_length`: how many intents are reported.
        `background`: the intent of everything else; `background_lead`: added to its margin,
        because a wrong answer to a foreign question costs more than a declined one of ours.
        """
        return {
            "regularization": 0.5,
            "ranking_length": 10,
            "background": "out_of_scope",
            "background_lead": 0.0,
        }

    def __init__(
        self,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: Optional[LinearModel] = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LinearIntentClassifier:
        """Return an untrained classifier."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on every example with an intent and keep the result in the model."""
        examples = training_data.intent_examples
        self._model = LinearModel.fit(
            [_sentence(example) for example in examples],
            [example.get(INTENT) for example in examples],
            WordVectors.from_ginza(),
            self._config["regularization"],
        )
        self._model.favour(self._config["background"], self._config["background_lead"])
        with self._model_storage.write_to(self._resource) as directory:
            self._model.save(Path(directory))
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LinearIntentClassifier:
        """Return the classifier with the weights it was trained to."""
        with model_storage.read_from(resource) as directory:
            return cls(config, model_storage, resource, LinearModel.load(Path(directory)))

    def process(self, messages: List[Message]) -> List[Message]:
        """Set intent and ranking on each message."""
        if self._model is None:
            raise RuntimeError("LinearIntentClassifier was used before it was trained or loaded")
        for message in messages:
            ranking = [
                {INTENT_NAME_KEY: intent, PREDICTED_CONFIDENCE_KEY: probability}
                for intent, probability in self._model.rank(_sentence(message))
            ][: self._config["ranking_length"]]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages
