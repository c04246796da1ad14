"""Forget a conversation: the tables at once, the engine's tracker as soon as it answers."""

from collections.abc import Sequence

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.conversations.models import Conversation
from api.chat.engine.protocol import Engine, EngineFailed
from api.kit.clock import Clock
from api.kit.database import Database
from api.kit.ids import new_receipt
from api.privacy.erasure.ledger import Ledger
from api.privacy.erasure.models import Erasure
from api.privacy.erasure.repository import ErasureRepository

# Their receipts go into one statement afterwards.
_AT_ONCE = 200

_log = structlog.get_logger()


class ErasureService:
    """The rules of forgetting."""

    def __init__(self, database: Database, engine: Engine, clock: Clock, ledger: Ledger) -> None:
        self._database, self._engine, self._clock = database, engine, clock
        self._ledger = ledger

    async def conversations(self) -> list[Conversation]:
        """Return all conversations; the ledger looks for its own among them."""
        async with self._database.reading() as session:
            return [*await ErasureRepository(session).conversations()]

    async def erase(self, conversation: Conversation, *, at_once: bool = True) -> str:
        """Delete the conversation and return the receipt.

        The rows are gone when this returns. An engine that is down, and without `at_once` any
        engine, is told later by `step`.
        """
        async with self._database.transaction(conversation.id) as session:
            [receipt] = await self.erase_within(session, [conversation.id])
            await ErasureRepository(session).tidy()
        await self._database.forget_deleted()
        if at_once:
            await self.step()
        return receipt

    async def erase_within(
        self, session: AsyncSession, conversation_ids: Sequence[str]
    ) -> list[str]:
        """Delete the rows within a transaction; the engine is told later. Return the receipts.

        The words are in no file after `tidy` only.
        """
        # First: what is in the ledger twice does no harm, what is missing comes back one day.
        self._ledger.note(conversation_ids)
        repository, now = ErasureRepository(session), self._clock()
        await repository.erase(conversation_ids)
        wishes = [
            Erasure(receipt=new_receipt(), conversation_id=each, requested_at=now)
            for each in conversation_ids
        ]
        await repository.add(*wishes)
        return [each.receipt for each in wishes]

    async def tidy(self) -> None:
        """See to it that what was deleted is in no file any more."""
        async with self._database.transaction() as session:
            await ErasureRepository(session).tidy()
        await self._database.forget_deleted()

    async def step(self) -> bool:
        """Tell the engine what it has to forget; say whether there was anything to tell."""
        async with self._database.reading() as session:
            pending = await ErasureRepository(session).pending(_AT_ONCE)
        told = [erasure.receipt for erasure in pending if await self._tell(erasure)]
        if told:
            async with self._database.transaction(told[0]) as session:
                await ErasureRepository(session).done(told, self._clock())
            await self._database.forget_deleted()
        return bool(told)

    async def _tell(self, erasure: Erasure) -> bool:
        try:
            await self._engine.forget(erasure.conversation_id or "")
        except EngineFailed as failure:
            _log.warning("erasure_waits", receipt=erasure.receipt, detail=str(failure))
            return False
        return True
