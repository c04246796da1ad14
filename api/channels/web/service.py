"""Wait for an answer on behalf of a client."""

from api.chat.answering.at_once import AtOnce
from api.chat.answering.finished import Finished
from api.chat.bell import Bell
from api.chat.conversations.repository import ConversationRepository
from api.chat.inbox.models import InboxMessage
from api.chat.inbox.repository import InboxRepository
from api.kit.clock import Clock
from api.kit.database import Database

_POLL_SECONDS = 0.25


class Waiting:
    """Asks who has the message in hand, or watches the inbox: a worker in another process may."""

    def __init__(self, database: Database, bell: Bell, clock: Clock, at_once: AtOnce) -> None:
        self._database, self._bell, self._clock = database, bell, clock
        self._at_once = at_once

    async def answer(self, sent: InboxMessage, seconds: float) -> Finished | None:
        """Return what came of a message once it is done, or None after `seconds`."""
        began = self._clock()
        if finished := await self._at_once.finished(sent.id, seconds):
            return finished
        with self._bell.listening(sent.conversation_id) as ear:
            while True:
                if finished := await self._look(sent):
                    return finished
                left = seconds - (self._clock() - began).total_seconds()
                if left <= 0:
                    return None
                await ear.next_ring(min(self._bell.patience(_POLL_SECONDS), left))

    async def _look(self, sent: InboxMessage) -> Finished | None:
        async with self._database.reading() as session:
            outcome = await InboxRepository(session).outcome(sent)
            if outcome is None:
                return None
            conversations = ConversationRepository(session)
            said = await conversations.said_to(sent.conversation_id, sent.id)
            return Finished(outcome, said)
