"""Queries on turn details."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.turns.models import TurnDetail
from api.kit.rows import put


class TurnRepository:
    """Reads and writes through one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, detail: TurnDetail) -> None:
        """Write `detail`; a message comes to its outcome once."""
        await put(self._session, detail)

    async def of_conversation(self, conversation_id: str) -> Sequence[TurnDetail]:
        """Return the details of a conversation's turns."""
        query = select(TurnDetail).where(TurnDetail.conversation_id == conversation_id)
        return (await self._session.scalars(query)).all()
