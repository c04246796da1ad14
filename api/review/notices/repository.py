"""Queries on notices."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.review.notices.models import Notice


class NoticeRepository:
    """Reads and writes through one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, notice: Notice) -> None:
        """Write `notice`."""
        self._session.add(notice)

    async def get(self, notice_id: str) -> Notice | None:
        """Return a notice."""
        return await self._session.get(Notice, notice_id)

    async def latest(self, limit: int = 30) -> Sequence[Notice]:
        """Return notices, the newest first."""
        query = select(Notice).order_by(Notice.written_at.desc()).limit(limit)
        return (await self._session.scalars(query)).all()

    async def valid(self, now: datetime) -> Sequence[Notice]:
        """Return what is said now or will be."""
        query = select(Notice).where(Notice.withdrawn_at.is_(None), Notice.ends_at > now)
        return (await self._session.scalars(query.order_by(Notice.starts_at))).all()
