"""A person takes one message back: its words stay nowhere."""

from api.chat.conversations.models import Conversation
from api.chat.inbox.repository import InboxRepository
from api.chat.inbox.service import InboxService, Incoming
from api.kit.clock import Clock
from api.kit.database import Database
from api.kit.ids import as_key, new_receipt
from api.privacy.erasure.models import Erasure
from api.privacy.erasure.repository import ErasureRepository


class Withdrawals:
    """The rules of taking back."""

    def __init__(self, database: Database, inbox: InboxService, clock: Clock) -> None:
        self._database, self._inbox, self._clock = database, inbox, clock

    async def withdraw(self, conversation: Conversation, event: Incoming, external_id: str) -> None:
        """Delete the words of the message that has `external_id`, come or still to come.

        The engine's tracker cannot lose one message, so it forgets the conversation: that costs a
        half-finished question.
        """
        known = as_key(external_id)
        await self._inbox.note_withdrawal(conversation, event, known)
        async with self._database.transaction(conversation.id) as session:
            found = await InboxRepository(session).by_external(conversation, known)
            message = next(iter(found), None)
            if message is None or message.text is None:
                return
            await ErasureRepository(session).unsay(message.id, conversation.id, self._clock())
            await ErasureRepository(session).add(
                Erasure(
                    receipt=new_receipt(),
                    conversation_id=conversation.id,
                    requested_at=self._clock(),
                )
            )
        await self._database.forget_deleted()
