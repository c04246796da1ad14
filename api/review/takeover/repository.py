"""Queries of taking over that go over several conversations."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.inbox.models import InboxMessage


class CallerRepository:
    """Reads through one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def intents(self, conversations: Collection[str]) -> dict[str, list[str]]:
        """Return how the messages of each conversation were understood, in order."""
        box = InboxMessage
        query = select(box.conversation_id, box.intent).where(
            box.conversation_id.in_(conversations), box.intent.is_not(None)
        )
        found: dict[str, list[str]] = {each: [] for each in conversations}
        for conversation_id, intent in await self._session.execute(query.order_by(box.sequence)):
            found[conversation_id].append(str(intent))
        return found
