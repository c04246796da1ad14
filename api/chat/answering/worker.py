"""The loop that takes messages."""

from api.chat.answering.lease import Leases
from api.chat.answering.service import AnsweringService
from api.chat.bell import Bell
from api.chat.loop import IDLE_SECONDS, forever


class Worker:
    """Answers several conversations at once, each in order."""

    def __init__(self, leases: Leases, answering: AnsweringService, bell: Bell) -> None:
        self._leases, self._answering, self._bell = leases, answering, bell

    async def run(self, idle: float = IDLE_SECONDS) -> None:
        """Work until cancelled; look every `idle` seconds for what no bell tells of."""
        await forever(self._step, self._bell, idle)

    async def _step(self) -> bool:
        message = await self._leases.claim()
        if message is None:
            return False
        await self._answering.answer(message)
        self._bell.ring(message.conversation_id)
        return True
