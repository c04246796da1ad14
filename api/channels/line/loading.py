"""Show LINE's loading animation where an answer takes more than two seconds."""

import asyncio
from datetime import timedelta
from typing import Protocol

from api.chat.bell import Bell
from api.chat.conversations.repository import ConversationRepository
from api.chat.inbox.repository import InboxRepository
from api.chat.loop import forever
from api.chat.outbox.delivery import Refused, TryAgain
from api.kit.clock import Clock
from api.kit.database import Database
from api.kit.sealing import Seal

_PATIENCE, _SHOWN = timedelta(seconds=2), timedelta(seconds=10)


class Animation(Protocol):
    """The call of LINE's API."""

    async def show_loading(self, chat_id: str) -> None:
        """Show it; raises TryAgain and Refused."""
        ...


class Loading:
    """Watches the inbox; one animation for each wait."""

    def __init__(self, database: Database, seal: Seal, api: Animation, clock: Clock) -> None:
        self._database, self._seal, self._api, self._clock = database, seal, api, clock
        self._shown: set[str] = set()

    async def run(self) -> None:
        """Watch until cancelled."""
        await forever(self._step, Bell())

    async def _step(self) -> bool:
        now = self._clock()
        async with self._database.reading() as session:
            inbox = InboxRepository(session)
            waiting = await inbox.waiting("line", now - _SHOWN, now - _PATIENCE)
        # Who no longer waits may be shown it again at the next wait.
        self._shown &= set(waiting)
        new = set(waiting) - self._shown
        self._shown |= new
        # At once: behind a call that hangs, the others' would come after their answers.
        await asyncio.gather(*map(self._show, new))
        return False

    async def _show(self, conversation_id: str) -> None:
        async with self._database.reading() as session:
            conversation = await ConversationRepository(session).get(conversation_id)
        address = self._seal.open(conversation.address if conversation else None)
        if address.get("in") != "user":
            return
        try:
            await self._api.show_loading(address["to"])
        except (TryAgain, Refused):
            return  # It is only there to help; the answer comes all the same.
