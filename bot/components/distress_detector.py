"""Signs of self-harm are looked for apart from the classifier; either of them suffices."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict, List, Optional

import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.text.kana import letters_only

DISTRESS = "distress"
_WORDS = "distress.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class DistressDetector(GraphComponent, IntentClassifier):
    """Sets the intent `distress` where a word of the list stands or the classifier leans to it.

    It stands last in the pipeline. It names no required component: while training, Rasa runs no
    classifier before it and would refuse.
    """

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`words`: the list. `leaning`: a probability that is enough, far below certainty."""
        return {"words": "data/distress.yml", "leaning": 0.5}

    def __init__(
        self,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        words: Optional[List[str]] = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._words = words or []

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DistressDetector:
        """Return a detector without its words."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Copy the words into the model, in the form in which they are compared."""
        listed = yaml.safe_load(Path(self._config["words"]).read_text(encoding="utf-8"))["words"]
        self._words = sorted({letters_only(word) for word in listed})
        with self._model_storage.write_to(self._resource) as directory:
            (Path(directory) / _WORDS).write_text(json.dumps(self._words), encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> DistressDetector:
        """Return the detector with the words it was trained with."""
        with model_storage.read_from(resource) as directory:
            words = json.loads((Path(directory) / _WORDS).read_text(encoding="utf-8"))
        return cls(config, model_storage, resource, words)

    def process(self, messages: List[Message]) -> List[Message]:
        """Override the intent where there is a sign."""
        for message in messages:
            if self._has_a_sign(message):
                certain = {INTENT_NAME_KEY: DISTRESS, PREDICTED_CONFIDENCE_KEY: 1.0}
                message.set(INTENT, certain, add_to_output=True)
        return messages

    def _has_a_sign(self, message: Message) -> bool:
        letters = letters_only(message.get(TEXT) or "")
        if any(word in letters for word in self._words):
            return True
        ranking = message.get(INTENT_RANKING_KEY) or []
        return any(
            each[INTENT_NAME_KEY] == DISTRESS
            and each[PREDICTED_CONFIDENCE_KEY] >= self._config["leaning"]
            for each in ranking
        )
