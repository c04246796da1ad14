"""Japanese words for Rasa, whose own WhitespaceTokenizer refuses Japanese."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List, Optional

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sudachipy import Dictionary, SplitMode

from bot.components import user_dictionary
from bot.components.hearing import hear

_USER_DICTIONARY = "user.dic"
# Where a message keeps its `Sentence`.
HEARD = "heard"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=True)
class SudachiTokenizer(Tokenizer):
    """Split mode C (the longest units), the normalized form as lemma; `hear` beside it.

    `token.start` and `token.end` slice the original text back, whatever its width or case:
    Sudachi folds inside and counts outside.
    """

    @staticmethod
    def supported_languages() -> Optional[List[str]]:
        """Japanese only."""
        return ["ja"]

    @staticmethod
    def required_packages() -> List[str]:
        """Named so that Rasa complains early, not at the first message."""
        return ["sudachipy", "sudachidict_core"]

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`dictionary`: our word list as CSV; the rest is what Rasa's base class reads."""
        return {
            "dictionary": str(user_dictionary.SOURCE),
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "prefix_separator_symbol": None,
        }

    def __init__(
        self,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        dictionary: Optional[Dictionary] = None,
    ) -> None:
        super().__init__(config)
        self._model_storage = model_storage
        self._resource = resource
        self._words = dictionary.create(mode=SplitMode.C) if dictionary else None

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SudachiTokenizer:
        """Return an untrained tokenizer."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Compile the user dictionary into the model, which is then self-contained."""
        with self._model_storage.write_to(self._resource) as directory:
            target = Path(directory) / _USER_DICTIONARY
            user_dictionary.build(Path(self._config["dictionary"]), target)
            self._words = user_dictionary.open_dictionary(target).create(mode=SplitMode.C)
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SudachiTokenizer:
        """Return the tokenizer with the dictionary it was trained with."""
        with model_storage.read_from(resource) as directory:
            dictionary = user_dictionary.open_dictionary(Path(directory) / _USER_DICTIONARY)
            return cls(config, model_storage, resource, dictionary)

    def tokenize(self, message: Message, attribute: str) -> List[Token]:
        """Return the words of one attribute of `message`, blanks left out.

        Of its text, keep in `message` how it is heard.
        """
        if self._words is None:
            raise RuntimeError("SudachiTokenizer was used before it was trained or loaded")
        if attribute == TEXT:
            message.set(HEARD, hear(message.get(TEXT), self._words))
        return [
            Token(
                word.surface(),
                word.begin(),
                word.end(),
                lemma=word.normalized_form(),
            )
            for word in self._words.tokenize(message.get(attribute))
            if word.surface().strip()
        ]
