"""Begin a conversation, let its owner in, read it back."""

import hmac
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from api.chat.answers import write_replies
from api.chat.conversations.history import Bookmark, History
from api.chat.conversations.models import Conversation, Person
from api.chat.conversations.recent import RecentConversations
from api.chat.conversations.repository import ConversationRepository
from api.chat.conversations.said import Said
from api.chat.engine.protocol import Spoken
from api.chat.inbox.models import InboxMessage
from api.chat.inbox.repository import InboxRepository
from api.chat.notices.board import NoticeBoard
from api.chat.rendering import Rendered, Renderer
from api.kit.clock import Clock
from api.kit.database import Database
from api.kit.errors import Unauthorized
from api.kit.ids import digest, new_id, new_receipt, new_token

OPENING = "opening"


@dataclass(frozen=True)
class Key:
    """What opens a conversation."""

    conversation_id: str
    token: str


@dataclass(frozen=True)
class Opened:
    """A new conversation; its token is shown once and never again."""

    conversation: Conversation
    token: str
    said: list[Said]


class ConversationService:
    """The rules of conversations."""

    def __init__(
        self, database: Database, renderer: Renderer, clock: Clock, notices: NoticeBoard
    ) -> None:
        self._database, self._renderer, self._clock = database, renderer, clock
        self._notices, self._recent = notices, RecentConversations()

    async def open(self, channel: str) -> Opened:
        """Begin a conversation with the opening words."""
        token, now = new_token(), self._clock()
        conversation, opening = _new(channel, token, now), self.greetings(channel)
        async with self._database.transaction(conversation.id) as session:
            conversations = ConversationRepository(session)
            await conversations.add(conversation)
            said = await write_replies(conversations, conversation.id, None, opening, now)
        return Opened(conversation, token, said)

    async def of_person(self, person_key: str) -> Conversation | None:
        """Return the conversation of somebody on another platform, if there is one."""
        async with self._database.reading() as session:
            return await ConversationRepository(session).of_person(person_key)

    async def begin(self, channel: str, person_key: str, address: str) -> Conversation:
        """Begin the conversation of somebody on another platform, or return the one they have.

        It has no token: nobody but the platform speaks in it.
        """
        conversation = _new(channel, new_token(), self._clock())
        conversation.person_key, conversation.address = person_key, address
        try:
            async with self._database.transaction(person_key) as session:
                conversations = ConversationRepository(session)
                await conversations.add(conversation)
                await conversations.add(
                    Person(person_key=person_key, conversation_id=conversation.id)
                )
        except IntegrityError:
            # Begun before, or two first messages came at once.
            if found := await self.of_person(person_key):
                return found
            raise
        return conversation

    def greetings(self, channel: str) -> list[Rendered]:
        """Return the notices of this moment and the opening words, which come last."""
        now = self._clock()
        first = [*self._notices.current(channel, now), Spoken(OPENING)]
        return [self._renderer.render(each, new_receipt(), now) for each in first]

    async def authorize(self, conversation_id: str, token: str) -> Conversation:
        """Return the conversation `token` opens.

        Raises Unauthorized, the same for a wrong token and for a conversation that is not there.
        """
        async with self._database.reading() as session:
            found = await ConversationRepository(session).get(conversation_id)
        if found is None:
            raise Unauthorized("token")
        self._recent.keep(_opened_by(found, token), self._clock())
        return found

    async def authorize_writing(self, conversation_id: str, token: str) -> Conversation:
        """Do the same for who writes in it, which nobody can once it is erased: the table refuses
        it. So it may be one that was read lately.
        """
        found = self._recent.get(conversation_id, self._clock())
        return _opened_by(found, token) if found else await self.authorize(conversation_id, token)

    async def said_to(self, message: InboxMessage) -> list[Said]:
        """Return the replies to one message."""
        return await self.said(message.conversation_id, message.id)

    async def said(self, conversation_id: str, message_id: str) -> list[Said]:
        """Return the replies to the message of that id."""
        async with self._database.reading() as session:
            conversations = ConversationRepository(session)
            return await conversations.said_to(conversation_id, message_id)

    async def mark(self, conversation_id: str) -> tuple[int, ...]:
        """Return what is another one as soon as the history is."""
        async with self._database.reading() as session:
            return await ConversationRepository(session).mark(conversation_id)

    async def history(self, conversation_id: str) -> History:
        """Return both sides of a conversation."""
        async with self._database.reading() as session:
            conversations = ConversationRepository(session)
            messages = await InboxRepository(session).of_conversation(conversation_id)
            return History(messages, await conversations.said(conversation_id))

    async def news(self, conversation_id: str, read: Bookmark) -> History:
        """Return what came since, and with it every message that has no outcome yet."""
        async with self._database.reading() as session:
            messages = await InboxRepository(session).since(conversation_id, read.sequence)
            said = await ConversationRepository(session).said(conversation_id, read.said_at)
            return History(messages, said)


def _opened_by(conversation: Conversation, token: str) -> Conversation:
    if not hmac.compare_digest(conversation.token_digest, digest(token)):
        raise Unauthorized("token")
    return conversation


def _new(channel: str, token: str, now: datetime) -> Conversation:
    return Conversation(id=new_id("c"), channel=channel, token_digest=digest(token), created_at=now)
