"""Queries on what was not understood."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.inbox.models import InboxMessage
from api.chat.inbox.repository import is_about
from api.chat.turns.models import TurnDetail
from api.review.digests.repository import NOT_UNDERSTOOD


class UnansweredRepository:
    """Reads through one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def missed(
        self, since: datetime, limit: int
    ) -> Sequence[tuple[InboxMessage, TurnDetail | None]]:
        """Return typed messages the bot asked back about or declined, the newest first."""
        query = (
            select(InboxMessage, TurnDetail)
            .outerjoin(TurnDetail, is_about(TurnDetail))
            .where(
                InboxMessage.answered_at >= since,
                InboxMessage.intent.in_(NOT_UNDERSTOOD),
                InboxMessage.text.is_not(None),
            )
            .order_by(InboxMessage.received_at.desc())
            .limit(limit)
        )
        return [(row[0], row[1]) for row in (await self._session.execute(query)).all()]
