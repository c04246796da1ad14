"""Queries on feedback."""

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.conversations.models import Reply
from api.chat.conversations.repository import ConversationRepository
from api.chat.feedback.models import Feedback


class FeedbackRepository:
    """Reads and writes through one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def reply(self, conversation_id: str, reply_id: str) -> Reply | None:
        """Return a reply of this conversation and no other."""
        return await ConversationRepository(self._session).reply(conversation_id, reply_id)

    async def put(self, feedback: Feedback) -> None:
        """Write `feedback` in place of what was said of the reply before."""
        await self._session.execute(
            delete(Feedback).where(
                Feedback.conversation_id == feedback.conversation_id,
                Feedback.reply_id == feedback.reply_id,
            )
        )
        self._session.add(feedback)

    async def unsolved(self, conversation_id: str) -> int:
        """Return how many replies of a conversation did not help."""
        query = select(func.count()).where(
            Feedback.conversation_id == conversation_id, Feedback.solved.is_(False)
        )
        return await self._session.scalar(query) or 0
