"""Queries on versions of answers."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.review.answers.models import APPROVED, DRAFT, AnswerVersion, LiveCheck


class AnswerRepository:
    """Reads and writes through one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, version: AnswerVersion) -> None:
        """Write `version`."""
        self._session.add(version)
        await self._session.flush()

    async def get(self, version_id: str) -> AnswerVersion | None:
        """Return a version."""
        return await self._session.get(AnswerVersion, version_id)

    async def of_answer(self, answer_id: str) -> Sequence[AnswerVersion]:
        """Return an answer's versions, the newest first."""
        query = select(AnswerVersion).where(AnswerVersion.answer_id == answer_id)
        return (await self._session.scalars(query.order_by(AnswerVersion.written_at.desc()))).all()

    async def drafts(self) -> Sequence[AnswerVersion]:
        """Return what waits for a second person."""
        query = select(AnswerVersion).where(AnswerVersion.state == DRAFT)
        return (await self._session.scalars(query.order_by(AnswerVersion.written_at))).all()

    async def live(self, today: date) -> Sequence[AnswerVersion]:
        """Return the approved versions of this day, the newest last."""
        query = select(AnswerVersion).where(
            AnswerVersion.state == APPROVED,
            or_(AnswerVersion.valid_from.is_(None), AnswerVersion.valid_from <= today),
            or_(AnswerVersion.valid_until.is_(None), AnswerVersion.valid_until >= today),
        )
        return (await self._session.scalars(query.order_by(AnswerVersion.decided_at))).all()

    async def expired(self, today: date) -> Sequence[AnswerVersion]:
        """Return approved versions whose days are over."""
        query = select(AnswerVersion).where(
            AnswerVersion.state == APPROVED, AnswerVersion.valid_until < today
        )
        return (await self._session.scalars(query)).all()

    async def checks(self) -> Sequence[LiveCheck]:
        """Return when official pages were looked at."""
        return (await self._session.scalars(select(LiveCheck))).all()

    async def checked(self, check: LiveCheck) -> None:
        """Note a look at an official page."""
        await self._session.merge(check)
