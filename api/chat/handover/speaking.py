"""Say something in a conversation without having been asked: staff's words, or about staff."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.answers import write_replies
from api.chat.conversations.repository import ConversationRepository
from api.chat.engine.protocol import Spoken
from api.chat.inbox.models import DONE, InboxMessage
from api.chat.inbox.repository import InboxRepository
from api.chat.outbox.delivery import delivery_of
from api.chat.outbox.repository import OutboxRepository
from api.chat.rendering import Renderer
from api.kit.errors import NotFound
from api.kit.ids import new_id, new_receipt

STAFF_MESSAGE = "staff_message"


class Speaking:
    """Writes a message of our own making, its reply and the delivery, in one transaction.

    Such a message has no text: nobody said anything. The channels see a reply like any other.
    """

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer

    def preview(self, answer_id: str, now: datetime) -> dict[str, Any] | None:
        """Return the words as people read them; None where only a turn can fill them in."""
        try:
            return self._renderer.render(Spoken(answer_id), "", now).body
        except KeyError:
            return None

    async def say(
        self, session: AsyncSession, conversation_id: str, spoken: Spoken, now: datetime
    ) -> None:
        """Add it to the transaction; raises NotFound where the conversation was erased."""
        conversations = ConversationRepository(session)
        conversation = await conversations.get(conversation_id)
        if conversation is None:
            raise NotFound("conversation")
        message = InboxMessage(
            id=new_id("m"), conversation_id=conversation_id, channel=conversation.channel,
            event_id=new_id("own"), text=None, payload=None, masked=[], receipt=new_receipt(),
            received_at=now, status=DONE, outcome="handed_over", answered_at=now,
        )  # fmt: skip
        await InboxRepository(session).add(message)
        rendered = self._renderer.render(spoken, message.receipt, now)
        await write_replies(conversations, conversation_id, message.id, [rendered], now)
        await OutboxRepository(session).add(delivery_of(message, now))
