"""Begin a conversation, let its owner in, read it back."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from api.chat.answers import write_replies
from api.chat.conversations.models import Choice, Conversation, Reply
from api.chat.conversations.repository import ConversationRepository
from api.chat.engine.protocol import Spoken
from api.chat.inbox.models import InboxMessage
from api.chat.inbox.repository import InboxRepository
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
class Said:
    """A reply with the choices under it."""

    reply: Reply
    choices: Sequence[Choice]


@dataclass(frozen=True)
class Opened:
    """A new conversation; its token is shown once and never again."""

    conversation: Conversation
    token: str
    said: list[Said]


@dataclass(frozen=True)
class History:
    """Everything in a conversation, each side in order."""

    messages: Sequence[InboxMessage]
    said: Sequence[Said]


class ConversationService:
    """The rules of conversations."""

    def __init__(self, database: Database, renderer: Renderer, clock: Clock) -> None:
        self._database, self._renderer, self._clock = database, renderer, clock

    async def open(self, channel: str) -> Opened:
        """Begin a conversation with the opening words."""
        token, now = new_token(), self._clock()
        opening = self.greeting()
        conversation = Conversation(
            id=new_id("c"), channel=channel, token_digest=digest(token), created_at=now
        )
        async with self._database.transaction() as session:
            conversations = ConversationRepository(session)
            await conversations.add(conversation)
            replies = await write_replies(conversations, conversation.id, None, [opening], now)
            said = await _with_choices(conversations, replies)
        return Opened(conversation, token, said)

    def greeting(self) -> Rendered:
        """Return the opening words, for a page that is shown before anybody has said anything."""
        return self._renderer.render(Spoken(OPENING), new_receipt(), self._clock())

    async def authorize(self, conversation_id: str, token: str) -> Conversation:
        """Return the conversation `token` opens.

        Raises Unauthorized, the same for a wrong token and for a conversation that is not there.
        """
        async with self._database.reading() as session:
            found = await ConversationRepository(session).get(conversation_id)
        if found is None or not hmac.compare_digest(found.token_digest, digest(token)):
            raise Unauthorized("token")
        return found

    async def said_to(self, message_id: str) -> list[Said]:
        """Return the replies to one message."""
        async with self._database.reading() as session:
            conversations = ConversationRepository(session)
            return await _with_choices(conversations, await conversations.replies_to(message_id))

    async def history(self, conversation_id: str) -> History:
        """Return both sides of a conversation."""
        async with self._database.reading() as session:
            conversations = ConversationRepository(session)
            messages = await InboxRepository(session).of_conversation(conversation_id)
            replies = await conversations.replies(conversation_id)
            return History(messages, await _with_choices(conversations, replies))


async def _with_choices(
    conversations: ConversationRepository, replies: Sequence[Reply]
) -> list[Said]:
    choices = await conversations.choices([reply.id for reply in replies])
    return [
        Said(reply, [choice for choice in choices if choice.reply_id == reply.id])
        for reply in replies
    ]
