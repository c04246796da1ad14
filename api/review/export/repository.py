"""Queries of exports."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.inbox.models import DONE, InboxMessage
from api.chat.inbox.repository import is_about
from api.review.queue.models import Verdict


class ExportRepository:
    """Reads through one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def labelled(self, conversation_ids: Sequence[str]) -> Sequence[Any]:
        """Return messages with what was understood and what was judged; notes stay here."""
        query = (
            select(
                InboxMessage.id, InboxMessage.conversation_id, InboxMessage.received_at,
                InboxMessage.channel, InboxMessage.text, InboxMessage.intent,
                InboxMessage.confidence, InboxMessage.outcome, InboxMessage.model_id,
                Verdict.verdict, Verdict.topic,
            )
            .outerjoin(Verdict, is_about(Verdict))
            .where(
                InboxMessage.conversation_id.in_(conversation_ids),
                InboxMessage.status == DONE,
                InboxMessage.text.is_not(None),
            )
            .order_by(
                InboxMessage.received_at, InboxMessage.conversation_id, InboxMessage.sequence
            )
        )  # fmt: skip
        return (await self._session.execute(query)).all()
