"""A small engine that needs no model: the topic whose keyword stands in the text.

For tests, and for the hours when Rasa is down. Its words are in data/keywords.yml, those that call
for care in data/distress.yml, the list that Rasa's own detector reads.
"""

from collections.abc import Container, Mapping, Sequence
from pathlib import Path

import yaml

from api.chat.engine.protocol import Ask, EngineFailed, Spoken, Turn
from api.content.catalogue import DATA
from bot.text.folding import fold
from bot.text.kana import letters_only, to_hiragana

MODEL_ID = "keywords"
DISTRESS, NOT_UNDERSTOOD = "distress", "fallback_menu"
Keywords = Mapping[str, Sequence[str]]


def load_keywords(path: Path = DATA / "keywords.yml") -> Keywords:
    """Return topic -> keywords as they are compared, in the order in which they are tried."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {topic: [_compared(word) for word in words] for topic, words in raw.items()}


def load_care(path: Path = DATA / "distress.yml") -> Sequence[str]:
    """Return the words that call for care whatever else is said."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    return sorted({letters_only(word) for word in raw["words"]})


def _compared(text: str) -> str:
    return to_hiragana(fold(text))


class KeywordEngine:
    """Answers by the first topic that has all parts of one of its keywords in the text."""

    def __init__(
        self, keywords: Keywords, care: Sequence[str] = (), answers: Container[str] = ()
    ) -> None:
        """`answers`: the ids that a minted intent may ask for; others are asked back."""
        self._keywords, self._care, self._answers = keywords, care, answers

    async def turn(self, ask: Ask) -> Turn:
        """See Engine.turn; account help needs the real engine and fails here."""
        if ask.grant is not None:
            raise EngineFailed("no account help without Rasa")
        if ask.intent:
            answer = ask.entities.get("situation", ask.intent)
            known = answer in self._answers
            return Turn((Spoken(answer if known else NOT_UNDERSTOOD),), ask.intent, 1.0, MODEL_ID)
        topic = self._topic(ask.text or "")
        if topic is None:
            return Turn((Spoken(NOT_UNDERSTOOD),), None, None, MODEL_ID)
        return Turn((Spoken(topic),), topic, 1.0, MODEL_ID, ranking=((topic, 1.0),))

    async def forget(self, conversation_id: str) -> None:
        """See Engine.forget; there is nothing to drop."""

    def _topic(self, text: str) -> str | None:
        letters, compared = letters_only(text), _compared(text)
        if any(word in letters for word in self._care):
            return DISTRESS
        for topic, keywords in self._keywords.items():
            if any(all(part in compared for part in keyword.split()) for keyword in keywords):
                return topic
        return None
