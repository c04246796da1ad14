"""Accept a message: clean, mask, write down. Nothing is answered before that is committed."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

import structlog
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.bell import INBOX, Bell
from api.chat.conversations.models import Conversation
from api.chat.conversations.repository import ConversationRepository
from api.chat.errors import TextEmpty, TextTooLong, TooManyRequests
from api.chat.handover.repository import HandoverRepository
from api.chat.inbox.context import button_named, chosen, expected
from api.chat.inbox.limits import MessageLimit, Refusals, put_off
from api.chat.inbox.models import DONE, IGNORED, WITHDRAWN, InboxMessage
from api.chat.inbox.own_hands import NoHands, OwnHands
from api.chat.inbox.repository import InboxRepository
from api.content.schemas import TITLE_LIMIT
from api.kit.clock import Clock
from api.kit.database import Database
from api.kit.errors import Unauthorized
from api.kit.ids import new_id, new_receipt
from api.kit.trace import follow
from api.ops.meter import Meter
from bot.text.cleaning import clean, is_command

TEXT_LIMIT = 1_000
_MOST_SKEW = timedelta(hours=1)
OUT_OF_SCOPE = "out_of_scope"
# A secret may come a message or two after the words about it.
_REMEMBERED = 3

_log = structlog.get_logger()


class Masked(Protocol):
    """A text without what is personal, and the kinds that were found."""

    @property
    def text(self) -> str:
        """The text with masks in place."""
        ...

    @property
    def kinds(self) -> tuple[str, ...]:
        """What was masked, in order."""
        ...


class Mask(Protocol):
    """Takes out of a text what is personal.

    `code_expected`: bare digits are a code; `password_expected`: mixed words are a password.
    """

    def __call__(
        self, text: str, *, code_expected: bool = False, password_expected: bool = False
    ) -> Masked:
        """Return the text with masks in place."""
        ...


@dataclass(frozen=True)
class Incoming:
    """What a channel's parser made of one event.

    Exactly one of `text`, `choice_id` and `answer` is set; `answer` names the words that are given
    without asking the engine. `last_word` is said even to who writes too much. The rest is for
    channels where messages can come late and in any order: `settle` is how long to wait for one
    that was sent before.
    """

    event_id: str
    text: str | None = None
    choice_id: str | None = None
    answer: str | None = None
    sent_at: datetime | None = None
    external_id: str | None = None
    return_address: str | None = None
    settle: timedelta | None = None
    last_word: bool = False


class InboxService:
    """The rules of acceptance."""

    def __init__(
        self,
        database: Database,
        mask: Mask,
        clock: Clock,
        bell: Bell,
        meter: Meter | None = None,
        hands: OwnHands | None = None,
    ) -> None:
        self._database, self._mask, self._clock, self._bell = database, mask, clock, bell
        self._meter, self._hands = meter or Meter(), hands or NoHands()
        self._limit, self._refusals = MessageLimit(), Refusals()

    async def accept(self, conversation: Conversation, incoming: Incoming) -> InboxMessage:
        """Write the message down, or return the one this event became before.

        Raises TextEmpty, TextTooLong, ChoiceUnknown and TooManyRequests, and Unauthorized when
        the conversation was erased meanwhile.
        """
        try:
            message, taken = await self._unless_refused(conversation, incoming)
        except IntegrityError:
            # The same event came twice at once; the other one won.
            message, taken = await self._written_before(conversation, incoming), False
        follow(message.receipt)
        if taken:
            self._hands.begin(message)
        _log.info("accepted", message=message.id, channel=message.channel)
        # What is put off is found by the look that comes every quarter of a second.
        queued = not taken and message.not_before is None
        self._bell.ring(conversation.id, *((INBOX,) if queued else ()))
        return message

    def refuse_again(self, conversation_id: str) -> None:
        """Raise TooManyRequests where somebody was told to wait and does not."""
        self._refusals.check(conversation_id, self._clock())

    async def _unless_refused(
        self, conversation: Conversation, incoming: Incoming
    ) -> tuple[InboxMessage, bool]:
        # A platform sends again what it was told of before, and that has its answer.
        if incoming.external_id is None:
            self.refuse_again(conversation.id)
        try:
            return await self._write(conversation, incoming)
        except TooManyRequests as refusal:
            if (before := await self._known(conversation, incoming)) is not None:
                return before, False
            self._refusals.note(conversation.id, refusal, self._clock())
            raise

    async def _write(
        self, conversation: Conversation, incoming: Incoming
    ) -> tuple[InboxMessage, bool]:
        """Return what was written, or was there before, and whether it is in our own hands."""
        async with self._database.transaction(conversation.id) as session:
            inbox = InboxRepository(session)
            # On the website an event seldom comes twice, and then the table refuses it.
            before, withdrawn = None, False
            if incoming.external_id is not None:
                before, withdrawn = await _before(inbox, conversation, incoming)
            if before is not None:
                return before, False
            if withdrawn:
                message = self._silent(conversation, incoming, WITHDRAWN)
                await inbox.add(message)
                return message, False
            now, limit = self._clock(), self._limit
            latest = await inbox.latest(conversation.id, limit.most, now - limit.window)
            recent: Sequence[datetime] = ()
            if not incoming.last_word:
                recent = limit.check(latest, now)
            content = await self._content(session, conversation, incoming)
            message = self._message(conversation, incoming, **content)
            if incoming.sent_at is None and recent:
                # Another gateway's clock may be ahead: what comes later is sent later.
                message.sent_at = max(message.sent_at, *recent)
            message.not_before = put_off(latest, message.not_before)
            taken = await self._taken(session, message)
            await inbox.add(message, last=latest[-1].sequence if latest else 0)
            return message, taken

    async def _taken(self, session: AsyncSession, message: InboxMessage) -> bool:
        """Take a new message in our own hands, if they are free and no person has taken over."""
        if not self._hands.free_for(message):
            return False
        if await HandoverRepository(session).held(message.conversation_id):
            return False
        self._hands.take(message)
        return True

    async def _written_before(self, conversation: Conversation, incoming: Incoming) -> InboxMessage:
        found = await self._known(conversation, incoming)
        if found is None:
            raise Unauthorized("erased meanwhile")
        return found

    async def _known(self, conversation: Conversation, incoming: Incoming) -> InboxMessage | None:
        async with self._database.reading() as session:
            found, _ = await _before(InboxRepository(session), conversation, incoming)
        return found

    async def ignore(self, conversation: Conversation, incoming: Incoming, reason: str) -> None:
        """Write down that something came and is answered by silence, without its words."""
        message = self._silent(conversation, incoming, reason)
        with suppress(IntegrityError):
            async with self._database.transaction(conversation.id) as session:
                inbox = InboxRepository(session)
                if (await _before(inbox, conversation, incoming))[0] is not None:
                    return
                await inbox.add(message)
            self._meter.turn(conversation.channel, IGNORED)

    async def note_withdrawal(
        self, conversation: Conversation, event: Incoming, external_id: str
    ) -> None:
        """Remember that the message with `external_id` was taken back, should it still come."""
        await self.ignore(
            conversation, replace(event, external_id=_taken_back(external_id)), WITHDRAWN
        )

    async def knows(self, conversation: Conversation, incoming: Incoming) -> bool:
        """Say whether this event came before."""
        return await self._known(conversation, incoming) is not None

    async def ignored_lately(self, conversation: Conversation, reason: str) -> bool:
        """Say whether something was ignored for `reason` in the last minute."""
        since = self._clock() - self._limit.window
        async with self._database.reading() as session:
            return await InboxRepository(session).ignored_since(conversation.id, since, reason)

    async def _content(
        self, session: AsyncSession, conversation: Conversation, incoming: Incoming
    ) -> dict[str, Any]:
        if incoming.answer is not None:
            return {"payload": {"answer": incoming.answer}, "masked": []}
        conversations = ConversationRepository(session)
        if incoming.choice_id is not None:
            return await chosen(conversations, conversation.id, incoming.choice_id)
        latest = await conversations.asked(conversation.id, _REMEMBERED)
        typed = self._typed(incoming.text or "", expected(latest))
        if typed["payload"] is None and len(typed["text"]) <= TITLE_LIMIT:
            typed["payload"] = button_named(latest, typed["text"])
        return typed

    def _typed(self, raw: str, expected: dict[str, bool]) -> dict[str, Any]:
        text = clean(raw)
        if len(text) > TEXT_LIMIT:
            raise TextTooLong(f"{len(text)} characters")
        if not any(char.isprintable() and not char.isspace() for char in text):
            raise TextEmpty()
        masked = self._mask(text, **expected)
        # Orders to the machine are no question, whatever words they are made of.
        payload = {"intent": OUT_OF_SCOPE} if is_command(text) else None
        return {"text": masked.text, "payload": payload, "masked": list(masked.kinds)}

    def _silent(self, conversation: Conversation, incoming: Incoming, reason: str) -> InboxMessage:
        """Return the record of something that gets no answer; it has no words."""
        bare = replace(incoming, return_address=None, settle=None)
        now = self._clock()
        outcome = {"status": DONE, "outcome": IGNORED, "reason": reason, "answered_at": now}
        return self._message(conversation, bare, masked=[], **outcome)

    def _message(
        self, conversation: Conversation, incoming: Incoming, **content: Any
    ) -> InboxMessage:
        now = self._clock()
        return InboxMessage(
            id=new_id("m"),
            conversation_id=conversation.id,
            channel=conversation.channel,
            event_id=incoming.event_id,
            external_id=incoming.external_id,
            return_address=incoming.return_address,
            receipt=new_receipt(),
            received_at=now,
            sent_at=_believable(incoming.sent_at, now),
            not_before=now + incoming.settle if incoming.settle else None,
            **content,
        )


def _believable(sent_at: datetime | None, now: datetime) -> datetime:
    """Return the platform's time where it can be true; it only orders, so skew does no harm."""
    if sent_at is None or abs(sent_at - now) > _MOST_SKEW:
        return now
    return sent_at


def _taken_back(external_id: str) -> str:
    return f"withdrawn:{external_id}"


async def _before(
    inbox: InboxRepository, conversation: Conversation, incoming: Incoming
) -> tuple[InboxMessage | None, bool]:
    """Return what this event, or another one about the same message, became before; and whether
    that message was taken back.
    """
    event, external = incoming.event_id, incoming.external_id
    names = (external, _taken_back(external)) if external else ()
    same = await inbox.by_event(conversation, event, *names)
    found = next((each for each in same if each.event_id == event), None)
    if found is None and external:
        found = next((each for each in same if each.external_id == external), None)
    return found, found is None and bool(same)
