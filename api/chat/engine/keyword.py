"""A small engine that needs no model: the topic whose keyword stands in the text.

For tests, and for the hours when Rasa is down. Its words are in data/keywords.yml.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from api.chat.engine.protocol import Ask, EngineFailed, Spoken, Turn
from api.content.catalogue import DATA
from bot.text.folding import fold

MODEL_ID = "keywords"
Keywords = Mapping[str, Sequence[str]]


def load_keywords(path: Path = DATA / "keywords.yml") -> Keywords:
    """Return topic -> folded keywords, in the order in which they are tried."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {topic: [fold(word) for word in words] for topic, words in raw.items()}


class KeywordEngine:
    """Answers by the first topic that has all parts of one of its keywords in the text."""

    def __init__(self, keywords: Keywords) -> None:
        self._keywords = keywords

    async def turn(self, ask: Ask) -> Turn:
        """See Engine.turn; account help needs the real engine and fails here."""
        if ask.grant is not None:
            raise EngineFailed("no account help without Rasa")
        if situation := ask.entities.get("situation"):
            return Turn((Spoken(situation),), ask.intent, 1.0, MODEL_ID)
        topic = ask.intent or self._topic(fold(ask.text or ""))
        if topic is None:
            return Turn((Spoken("fallback_menu"),), None, None, MODEL_ID)
        return Turn((Spoken(topic),), topic, 1.0, MODEL_ID, ranking=((topic, 1.0),))

    async def forget(self, conversation_id: str) -> None:
        """See Engine.forget; there is nothing to drop."""

    def _topic(self, text: str) -> str | None:
        for topic, keywords in self._keywords.items():
            if any(all(part in text for part in keyword.split()) for keyword in keywords):
                return topic
        return None
