"""Accept a message: clean, mask, write down. Nothing is answered before that is committed."""

from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy.exc import IntegrityError

from api.chat.bell import Bell
from api.chat.conversations.models import Conversation
from api.chat.conversations.repository import ConversationRepository
from api.chat.errors import ChoiceUnknown, TextEmpty, TextTooLong
from api.chat.inbox.limits import MessageLimit
from api.chat.inbox.models import InboxMessage
from api.chat.inbox.repository import InboxRepository
from api.kit.clock import Clock
from api.kit.database import Database
from api.kit.ids import new_id, new_receipt
from bot.text.cleaning import clean, is_command

TEXT_LIMIT = 1_000
OUT_OF_SCOPE = "out_of_scope"
_ABOUT_CODES = "otp_"


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
    """Takes out of a text what is personal; `code_expected`: bare digits are a code."""

    def __call__(self, text: str, *, code_expected: bool = False) -> Masked:
        """Return the text with masks in place."""
        ...


@dataclass(frozen=True)
class Incoming:
    """What a channel's parser made of one event. Exactly one of `text`, `choice_id` is set."""

    event_id: str
    text: str | None = None
    choice_id: str | None = None


class InboxService:
    """The rules of acceptance."""

    def __init__(self, database: Database, mask: Mask, clock: Clock, bell: Bell) -> None:
        self._database, self._mask, self._clock, self._bell = database, mask, clock, bell
        self._limit = MessageLimit()

    async def accept(self, conversation: Conversation, incoming: Incoming) -> InboxMessage:
        """Write the message down, or return the one this event became before.

        Raises TextEmpty, TextTooLong, ChoiceUnknown and TooManyRequests.
        """
        try:
            message = await self._write(conversation, incoming)
        except IntegrityError:
            # The same event came twice at once; the other one won.
            message = await self._written_before(conversation, incoming)
        self._bell.ring()
        return message

    async def _write(self, conversation: Conversation, incoming: Incoming) -> InboxMessage:
        async with self._database.transaction() as session:
            inbox = InboxRepository(session)
            before = await inbox.by_event(conversation.channel, incoming.event_id)
            if before is not None:
                return before
            await self._limit.check(inbox, conversation.id, self._clock)
            if incoming.choice_id is not None:
                conversations = ConversationRepository(session)
                content = await _chosen(conversations, conversation.id, incoming.choice_id)
            else:
                expected = await _code_expected(ConversationRepository(session), conversation.id)
                content = self._typed(incoming.text or "", expected)
            message = self._message(conversation, incoming.event_id, **content)
            await inbox.add(message)
            return message

    async def _written_before(self, conversation: Conversation, incoming: Incoming) -> InboxMessage:
        async with self._database.reading() as session:
            found = await InboxRepository(session).by_event(conversation.channel, incoming.event_id)
        assert found is not None
        return found

    def _typed(self, raw: str, code_expected: bool) -> dict[str, Any]:
        text = clean(raw)
        if len(text) > TEXT_LIMIT:
            raise TextTooLong(f"{len(text)} characters")
        if not any(char.isprintable() and not char.isspace() for char in text):
            raise TextEmpty()
        masked = self._mask(text, code_expected=code_expected)
        # Orders to the machine are no question, whatever words they are made of.
        payload = {"intent": OUT_OF_SCOPE} if is_command(text) else None
        return {"text": masked.text, "payload": payload, "masked": list(masked.kinds)}

    def _message(self, conversation: Conversation, event_id: str, **content: Any) -> InboxMessage:
        return InboxMessage(
            id=new_id("m"),
            conversation_id=conversation.id,
            channel=conversation.channel,
            event_id=event_id,
            receipt=new_receipt(),
            received_at=self._clock(),
            **content,
        )


async def _code_expected(conversations: ConversationRepository, conversation_id: str) -> bool:
    """Say whether the bot's latest words were about one-time codes."""
    latest = await conversations.replies(conversation_id, 1)
    topics = [topic for reply in latest for topic in reply.body["topics"]]
    return any(topic.startswith(_ABOUT_CODES) for topic in topics)


async def _chosen(
    conversations: ConversationRepository, conversation_id: str, choice_id: str
) -> dict[str, Any]:
    choice = await conversations.choice(conversation_id, choice_id)
    if choice is None:
        raise ChoiceUnknown()
    return {"text": choice.label, "payload": choice.payload, "masked": []}
