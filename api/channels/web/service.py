"""Wait for an answer on behalf of a client."""

from api.chat.bell import Bell
from api.chat.inbox.models import DONE, InboxMessage
from api.chat.inbox.repository import InboxRepository
from api.kit.clock import Clock
from api.kit.database import Database

_POLL_SECONDS = 0.25


class Waiting:
    """Watches the inbox; the answer may come from a worker in another process."""

    def __init__(self, database: Database, bell: Bell, clock: Clock) -> None:
        self._database, self._bell, self._clock = database, bell, clock

    async def done(self, sent: InboxMessage, seconds: float) -> str | None:
        """Return the outcome of a message once it has one, or None after `seconds`."""
        if sent.status == DONE:
            return sent.outcome
        began = self._clock()
        with self._bell.listening(sent.conversation_id) as ear:
            while (left := seconds - (self._clock() - began).total_seconds()) > 0:
                await ear.next_ring(min(self._bell.patience(_POLL_SECONDS), left))
                async with self._database.reading() as session:
                    if outcome := await InboxRepository(session).outcome(sent):
                        return outcome
            return None
