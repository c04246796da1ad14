"""What answers while Rasa does not: the keyword engine, and it says so.

Rasa is asked first, always. A person should wait some seconds at most for what keywords can answer;
for anything else Rasa's return is worth waiting for, until it is clear that it does not come.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from api.chat.engine.keyword import DISTRESS, MODEL_ID, NOT_UNDERSTOOD, KeywordEngine
from api.chat.engine.protocol import PATIENCE, Ask, Engine, EngineFailed, GivenUp, Spoken, Turn
from api.content.catalogue import Answer
from api.kit.clock import Clock

NOTE, SORRY = "standby_note", "standby_sorry"
# With the tries after 0.5, 1 and 2 seconds, the simple answer comes within five.
GRACE = timedelta(seconds=3)
# What failed longer ago belongs to another outage.
_FORGOTTEN = timedelta(seconds=30)
# Words that lead to questions only Rasa can ask, and the answer that stands without them.
_WITHOUT_QUESTIONS = {"otp_resend_request": "otp_expired"}

_log = structlog.get_logger()


class LookedAfter(Engine, Protocol):
    """An engine that can be asked whether it lives."""

    async def look(self) -> bool:
        """Say whether it lives; a background step."""
        ...


class _Outage:
    """Since when nobody was answered."""

    def __init__(self) -> None:
        self._since: datetime | None = None
        self._latest: datetime | None = None

    def failed(self, began: datetime, now: datetime) -> None:
        another = self._latest is None or now - self._latest > _FORGOTTEN
        if self._since is None or another:
            self._since = began
        self._latest = now

    def over(self) -> None:
        self._since = None

    def lasted(self, now: datetime) -> timedelta:
        return now - self._since if self._since else timedelta(0)


class StandbyEngine:
    """Rasa, and beside it the keyword engine for the time in which it does not answer."""

    def __init__(
        self, main: LookedAfter, simple: KeywordEngine, answers: Mapping[str, Answer], clock: Clock
    ) -> None:
        self._main, self._simple, self._answers = main, simple, answers
        self._clock, self._outage = clock, _Outage()

    async def look(self) -> bool:
        """Look after Rasa, so that an outage is known before somebody asks; a background step."""
        began = self._clock()
        if not await self._main.look():
            self._outage.failed(began, self._clock())
        return False

    async def turn(self, ask: Ask) -> Turn:
        """See Engine.turn; raises GivenUp where nothing can be said and Rasa stays away."""
        began = self._clock()
        try:
            turn = await self._main.turn(ask)
        except EngineFailed as failure:
            self._outage.failed(began, self._clock())
            return await self._instead(ask, failure)
        self._outage.over()
        return turn

    async def forget(self, conversation_id: str) -> None:
        """See Engine.forget; only Rasa has anything to drop."""
        await self._main.forget(conversation_id)

    async def _instead(self, ask: Ask, failure: EngineFailed) -> Turn:
        """Return the simple answer when it is time for it; raises `failure` to ask again later."""
        if ask.grant is not None:
            raise failure
        turn, lasted = await self._simple.turn(ask), self._outage.lasted(self._clock())
        spoken = self._static(turn.spoken[0])
        if spoken.answer == DISTRESS:
            # Care waits for nobody, and nothing stands beside it.
            return turn
        if not self._stands_alone(spoken):
            if lasted >= PATIENCE:
                raise GivenUp(SORRY, MODEL_ID)
            raise failure
        if lasted < GRACE:
            raise failure
        _log.warning("standby_answered", message=ask.event_id, topic=turn.intent)
        return replace(turn, spoken=(spoken, self._note(spoken)))

    def _static(self, spoken: Spoken) -> Spoken:
        instead = _WITHOUT_QUESTIONS.get(spoken.answer)
        return Spoken(instead, topic=spoken.answer) if instead else spoken

    def _stands_alone(self, spoken: Spoken) -> bool:
        """Say whether an answer is complete without Rasa and the account API."""
        entry = self._answers[spoken.answer].entry
        return spoken.answer != NOT_UNDERSTOOD and entry.verification is None

    def _note(self, spoken: Spoken) -> Spoken:
        return Spoken(NOTE, topic=spoken.topic or self._answers[spoken.answer].entry.topic)
