"""Answer one claimed message."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.answering.composing import Background, Composer
from api.chat.answering.finished import Finished
from api.chat.answering.lease import Leases
from api.chat.answers import write_replies
from api.chat.conversations.repository import ConversationRepository
from api.chat.conversations.said import Said
from api.chat.engine.protocol import (
    PATIENCE,
    Ask,
    Engine,
    EngineFailed,
    GivenUp,
    Spoken,
    Turn,
)
from api.chat.feedback.repository import FeedbackRepository
from api.chat.handover.repository import HandoverRepository
from api.chat.handover.service import Handovers
from api.chat.inbox.models import APOLOGISED, DONE, InboxMessage
from api.chat.inbox.repository import InboxRepository
from api.chat.notices.board import NoticeBoard
from api.chat.outbox.delivery import IN_HISTORY, delivery_of, reads_history
from api.chat.outbox.repository import OutboxRepository
from api.chat.rendering import Rendered, Renderer
from api.chat.turns.service import Steps, write_detail
from api.kit.clock import Clock
from api.kit.database import Database
from api.kit.tasks import begin
from api.kit.trace import traced
from api.ops.meter import Meter

_FIRST_DELAY, _LONGEST_DELAY = timedelta(seconds=0.5), timedelta(seconds=8)
_MOST_CRASHES = 3
# What was said longer ago changes no answer; a turn's cost must not grow with the conversation.
_REMEMBERED = 40
APOLOGY, HANDED_OVER = "turn_failed", "handed_over"
_SHOWN_ON_PAGE, _SHOWN_NOWHERE = "private_elsewhere", "private_lost"

Told = Callable[[Finished], None]

_log = structlog.get_logger()


class Offers(Protocol):
    """Makes the link that an answer with `verification` asks for."""

    def replace(self, spoken: Spoken) -> Spoken:
        """Return the answer to give where account help is off, else `spoken`."""
        ...

    async def offer(self, session: AsyncSession, rendered: Rendered, conversation_id: str) -> None:
        """Add a verification to the transaction and its reference to the reply's body."""
        ...


class AnsweringService:
    """Asks the engine and writes turn, outcome and deliveries at once."""

    def __init__(
        self,
        database: Database,
        composer: Composer,
        renderer: Renderer,
        engine: Engine,
        offers: Offers,
        leases: Leases,
        clock: Clock,
        notices: NoticeBoard,
        handovers: Handovers,
        meter: Meter | None = None,
    ) -> None:
        self._database, self._composer, self._renderer = database, composer, renderer
        self._engine, self._offers, self._leases, self._clock = engine, offers, leases, clock
        self._notices, self._handovers = notices, handovers
        self._meter = meter or Meter()

    async def answer(
        self,
        message: InboxMessage,
        *,
        on_page: bool = False,
        free: bool = False,
        tell: Told | None = None,
    ) -> Finished | None:
        """Bring a claimed `message` to its outcome, or put it back for another try.

        `on_page`: a person waits on a page of ours, which shows private words at once; so it
        is not put back. `free`: no person had taken over just now. `tell` hears what came of it
        as soon as that is written, without the private words. Returns None when it was put back
        or when another worker has taken over.
        """
        with traced(message.receipt):
            return await self._answer(message, on_page, free, tell)

    async def _answer(
        self, message: InboxMessage, on_page: bool, free: bool, tell: Told | None
    ) -> Finished | None:
        began = self._clock()
        patience = timedelta(0) if on_page else PATIENCE
        async with self._leases.kept(message):
            before, turn = await self._asked(message, patience, free or on_page)
        if before is None:
            return await self._leave_to_staff(message)
        if turn is None:
            return None
        steps, now = Steps(began, self._clock()), self._clock()
        composed = await self._composed(message, turn, before, now)
        spoken = [self._offers.replace(each) for each in composed]
        rendered = _with_one_question(
            [self._renderer.render(each, message.receipt, now) for each in spoken]
        )
        instead = _SHOWN_ON_PAGE if on_page else _SHOWN_NOWHERE
        kept = [self._for_the_record(each, instead) for each in rendered]
        finished = await self._finish(message, turn, kept, steps)
        if finished is None:
            return None
        if tell is not None:
            # Who waits goes on now; the counting comes after.
            tell(finished)
            await asyncio.sleep(0)
        self._count(message, finished, steps)
        return replace(finished, rendered=rendered)

    async def _asked(
        self, message: InboxMessage, patience: timedelta, free: bool
    ) -> tuple[Background | None, Turn | None]:
        """Ask the engine, and read what was said before while it works.

        Nothing was said before where a person has taken over: then nobody is asked.
        """
        deciding = begin(self._decide(message, patience)) if free else None
        try:
            async with self._database.reading() as session:
                if deciding is None:
                    if await HandoverRepository(session).held(message.conversation_id):
                        return None, None
                    deciding = begin(self._decide(message, patience))
                before = await _said_before(session, message)
        except BaseException:
            if deciding is not None:
                deciding.cancel()
            raise
        # The snapshot is given back: the engine may take seconds.
        return before, await deciding

    async def _composed(
        self, message: InboxMessage, turn: Turn, before: Background, now: datetime
    ) -> list[Spoken]:
        """Return the turn's answers in the light of the whole conversation."""
        background = replace(before, runners_up=turn.runners_up)
        spoken = self._composer.compose(turn.spoken, background, now)
        spoken = await self._handovers.heard(message, spoken, now)
        return [*self._notices.leading(message.channel, now, spoken, before.replies), *spoken]

    async def _leave_to_staff(self, message: InboxMessage) -> Finished:
        """Say nothing: a person has taken over and reads this."""
        now = self._clock()
        async with self._database.transaction(message.conversation_id) as session:
            await InboxRepository(session).change(
                message, status=DONE, lease_until=None, payload=None,
                outcome=HANDED_OVER, answered_at=now,
            )  # fmt: skip
            await HandoverRepository(session).touch(message.conversation_id, now)
        self._meter.turn(message.channel, HANDED_OVER)
        return Finished(HANDED_OVER)

    async def _decide(self, message: InboxMessage, patience: timedelta) -> Turn | None:
        """Return the engine's turn, an apology when it is time for one, or None to wait."""
        if message.crashes >= _MOST_CRASHES:
            return _apology(message, "crashed")
        if prepared := (message.payload or {}).get("answer"):
            return Turn((Spoken(prepared),), None, None, None)
        try:
            return await self._engine.turn(_ask(message))
        except GivenUp as failure:
            return _apology(message, "engine", failure.apology, failure.model_id)
        except EngineFailed as failure:
            waited = self._clock() - message.received_at
            self._meter.engine_failed()
            _log.warning("turn_failed", message=message.id, detail=str(failure))
            if waited >= patience:
                return _apology(message, "engine")
            await self._leases.put_back(message, _delay(message.claims))
            return None

    async def _finish(
        self, message: InboxMessage, turn: Turn, kept: list[Rendered], steps: Steps
    ) -> Finished | None:
        now = self._clock()
        async with self._database.transaction(message.conversation_id) as session:
            # Somebody of the staff may have taken over while the engine was deciding.
            held = await HandoverRepository(session).held(message.conversation_id)
            kept = [each for each in kept if each.private or not held]
            changed = await InboxRepository(session).change(
                message,
                status=DONE,
                lease_until=None,
                payload=None,
                outcome=_outcome(kept),
                reason=turn.reason,
                intent=turn.intent,
                confidence=turn.confidence,
                model_id=turn.model_id,
                answered_at=now,
            )
            if not changed:
                return None
            said = await self._write(session, message, kept, now)
            await write_detail(session, message, turn, steps, self._clock())
        return Finished(_outcome(kept), said)

    def _count(self, message: InboxMessage, finished: Finished, steps: Steps) -> None:
        _log.info("answered", message=message.id, outcome=finished.outcome)
        topics = [topic for each in finished.said for topic in each.reply.body["topics"]]
        self._meter.turn(message.channel, finished.outcome, topics)
        self._meter.took(message.channel, steps.spans(message, self._clock()))
        if reads_history(message.channel):
            self._meter.delivered(message.channel, IN_HISTORY, timedelta(0), doubtful=False)

    async def _write(
        self, session: AsyncSession, message: InboxMessage, kept: list[Rendered], now: datetime
    ) -> list[Said]:
        for each in kept:
            await self._offers.offer(session, each, message.conversation_id)
        conversations = ConversationRepository(session)
        of = message.conversation_id
        said = await write_replies(conversations, of, message.id, kept, now)
        await OutboxRepository(session).add(delivery_of(message, now))
        return said

    def _for_the_record(self, rendered: Rendered, instead: str) -> Rendered:
        """Replace private words by a sentence that says where they were shown."""
        if not rendered.private:
            return rendered
        public = self._renderer.render(Spoken(instead), "", self._clock())
        return Rendered(rendered.answer, public.body, public.choices, private=True)


async def _said_before(session: AsyncSession, message: InboxMessage) -> Background:
    """Return the conversation up to `message`, as far back as it changes an answer."""
    conversation = message.conversation_id
    replies = await ConversationRepository(session).remembered(conversation, _REMEMBERED)
    texts = await InboxRepository(session).texts(message, _REMEMBERED)
    unsolved = await FeedbackRepository(session).unsolved(conversation)
    typed = message.text if message.payload is None else None
    return Background(replies, texts, typed or "", unsolved, bool(message.masked))


def _outcome(kept: list[Rendered]) -> str:
    if not kept:
        return HANDED_OVER
    apologised = any(each.answer.entry.apology for each in kept)
    return APOLOGISED if apologised else "answered"


def _ask(message: InboxMessage) -> Ask:
    payload = message.payload or {}
    intent = payload.get("intent")
    return Ask(
        conversation_id=message.conversation_id,
        event_id=message.id,
        channel=message.channel,
        text=None if intent else message.text,
        intent=intent,
        grant=payload.get("grant"),
        entities=payload.get("entities") or {},
        trace=message.receipt,
    )


def _delay(claims: int) -> timedelta:
    """Double the wait with each try, up to a ceiling."""
    doubled: timedelta = _FIRST_DELAY * 2 ** min(claims - 1, 6)
    return min(doubled, _LONGEST_DELAY)


def _apology(
    message: InboxMessage, reason: str, answer: str = APOLOGY, model_id: str | None = None
) -> Turn:
    """Give up on a message: the person is told, and so is whoever watches the log."""
    _log.error("dead_letter", message=message.id, reason=reason)
    return Turn((Spoken(answer),), None, None, model_id, reason=reason)


def _with_one_question(rendered: list[Rendered]) -> list[Rendered]:
    """Where a reply asks, take the buttons off the others: nobody answers two things at once."""
    if not any(each.answer.entry.options for each in rendered):
        return rendered
    return [each if each.answer.entry.options else replace(each, choices=()) for each in rendered]
