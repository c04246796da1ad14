"""Queries on feedback."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.conversations.models import Reply
from api.chat.feedback.models import Feedback


class FeedbackRepository:
    """Reads and writes through one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def reply(self, conversation_id: str, reply_id: str) -> Reply | None:
        """Return a reply of this conversation and no other."""
        found = await self._session.get(Reply, reply_id)
        return found if found and found.conversation_id == conversation_id else None

    async def put(self, feedback: Feedback) -> None:
        """Write `feedback` in place of what was said of the reply before."""
        await self._session.merge(feedback)

    async def unsolved(self, conversation_id: str) -> int:
        """Return how many replies of a conversation did not help."""
        query = select(func.count()).where(
            Feedback.conversation_id == conversation_id, Feedback.solved.is_(False)
        )
        return await self._session.scalar(query) or 0
