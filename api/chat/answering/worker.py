"""What takes messages and has them answered."""

from api.chat.answering.lease import Leases
from api.chat.answering.service import AnsweringService
from api.chat.bell import INBOX, OUTBOX, Bell
from api.chat.hands import Hands
from api.chat.inbox.models import InboxMessage
from api.chat.loop import IDLE_SECONDS
from api.chat.outbox.delivery import reads_history


class Worker:
    """Answers several conversations at once, each in order."""

    def __init__(
        self, leases: Leases, answering: AnsweringService, bell: Bell, at_once: int
    ) -> None:
        self._leases, self._answering, self._bell = leases, answering, bell
        self._hands: Hands[InboxMessage] = Hands(leases.claim, self._answer, at_once)

    async def run(self, idle: float = IDLE_SECONDS) -> None:
        """Work until cancelled; look every `idle` seconds for what no bell tells of."""
        await self._hands.run(self._bell, INBOX, idle)

    async def _answer(self, message: InboxMessage) -> None:
        try:
            await self._answering.answer(message)
        finally:
            # The next one of this conversation may be waiting.
            self._bell.ring(message.conversation_id, INBOX)
            if not reads_history(message.channel):
                self._bell.ring(OUTBOX)
