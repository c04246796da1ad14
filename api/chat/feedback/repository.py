"""Queries on feedback."""

from typing import cast

from sqlalchemy import Table, bindparam, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.conversations.models import Reply
from api.chat.conversations.repository import ConversationRepository
from api.chat.feedback.models import Feedback

# Asked in every turn, so put together once.
_TABLE = cast("Table", Feedback.__table__)
_UNSOLVED = (
    select(func.count())
    .select_from(_TABLE)
    .where(_TABLE.c.conversation_id == bindparam("of"), _TABLE.c.solved.is_(False))
)


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
        return await self._session.scalar(_UNSOLVED, {"of": conversation_id}) or 0
