"""The engine as the worker sees it."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol

# Long enough for Rasa to be restarted, short enough that nobody has given up.
PATIENCE = timedelta(seconds=40)


class EngineFailed(Exception):
    """No answer came; the message may be asked again under the same event id."""


class GivenUp(EngineFailed):
    """Asking again soon is no use: `apology` is the answer to give now, in the name of a model."""

    def __init__(self, apology: str, model_id: str) -> None:
        super().__init__("given up")
        self.apology, self.model_id = apology, model_id


@dataclass(frozen=True)
class Ask:
    """One utterance. Exactly one of `text` (masked) and `intent` (minted) is set.

    `grant` is a handle on somebody's account; `entities` come with a minted intent; `trace` is the
    message's 受付番号, for the logs of the processes behind.
    """

    conversation_id: str
    event_id: str
    channel: str
    text: str | None = None
    intent: str | None = None
    grant: str | None = None
    entities: dict[str, str] = field(default_factory=dict)
    trace: str | None = None


@dataclass(frozen=True)
class Spoken:
    """One answer id with its values; private values go to one browser and nowhere else.

    `easy` asks for the words in やさしい日本語, `again` for the form of an answer just given,
    `tried` for the first words of who has done the usual first step, `english` for a sentence in
    English as well. `topic` is reported instead of the answer's own; `also` are answers offered
    beside the answer's own choices, and `heard_before` those that need no button: just given.
    """

    answer: str
    values: dict[str, Any] = field(default_factory=dict)
    private: bool = False
    easy: bool = False
    again: bool = False
    tried: bool = False
    english: bool = False
    topic: str | None = None
    also: tuple[str, ...] = ()
    heard_before: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Turn:
    """What the engine decided; `runners_up` are the next likeliest intents.

    `ranking` holds (intent, confidence), `segments` (start, end, intent) in the text as it was
    masked, `actions` what ran on the way to the answer, `reason` why the gateway apologises in its
    place.
    """

    spoken: tuple[Spoken, ...]
    intent: str | None
    confidence: float | None
    model_id: str | None
    runners_up: tuple[str, ...] = ()
    ranking: tuple[tuple[str, float], ...] = ()
    segments: tuple[tuple[int, int, str], ...] = ()
    actions: tuple[str, ...] = ()
    reason: str | None = None


class Engine(Protocol):
    """Decides; keeps no record that matters."""

    async def turn(self, ask: Ask) -> Turn:
        """Return the answer to `ask`, the same for the same event id; raises EngineFailed."""
        ...

    async def forget(self, conversation_id: str) -> None:
        """Drop all that is known of a conversation; raises EngineFailed."""
        ...
