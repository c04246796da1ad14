"""Queries of the dashboard."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.feedback.models import Feedback
from api.chat.inbox.models import DONE, InboxMessage
from api.review.dashboard.figures import Share, Turn
from api.review.queue.models import RIGHT, WRONG, Verdict


class DashboardRepository:
    """Reads through one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def turns(self, since: datetime) -> Sequence[Turn]:
        """Return what people sent and how it was answered."""
        query = select(
            InboxMessage.conversation_id, InboxMessage.channel, InboxMessage.intent,
            InboxMessage.outcome, InboxMessage.received_at, InboxMessage.answered_at,
        ).where(
            InboxMessage.status == DONE,
            InboxMessage.text.is_not(None),
            InboxMessage.answered_at >= since,
        )  # fmt: skip
        return [Turn(*row) for row in (await self._session.execute(query)).all()]

    async def judged(self, since: datetime) -> Share:
        """Return how many of the judged turns were right."""
        right = func.coalesce(func.sum(case((Verdict.verdict == RIGHT, 1), else_=0)), 0)
        query = select(right, func.count()).where(
            Verdict.at >= since, Verdict.verdict.in_((RIGHT, WRONG))
        )
        part, whole = (await self._session.execute(query)).one()
        return Share(int(part), whole)

    async def rated(self, since: datetime) -> Share:
        """Return how many of the rated answers solved it."""
        good = func.coalesce(func.sum(case((Feedback.solved, 1), else_=0)), 0)
        query = select(good, func.count()).where(Feedback.given_at >= since)
        part, whole = (await self._session.execute(query)).one()
        return Share(int(part), whole)

    async def answers_rated(self, since: datetime) -> Sequence[Any]:
        """Return (answer, version, bad, rated) of the answers that were rated."""
        bad = func.sum(case((Feedback.solved, 0), else_=1))
        query = (
            select(Feedback.answer_id, Feedback.answer_version, bad, func.count())
            .where(Feedback.given_at >= since)
            .group_by(Feedback.answer_id, Feedback.answer_version)
            .order_by(Feedback.answer_id)
        )
        rows: Sequence[Any] = (await self._session.execute(query)).all()
        return rows
