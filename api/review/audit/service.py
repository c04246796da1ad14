"""Write down who did what."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from api.kit.clock import Clock
from api.kit.database import Database
from api.review.audit.models import AuditRow
from api.review.audit.repository import AuditRepository

PAGE = 50


class AuditService:
    """Each read, search, export and change leaves a row."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    async def add(
        self,
        session: AsyncSession,
        staff_id: str,
        action: str,
        subject: str | None = None,
        detail: dict[str, Any] | None = None,
    ) -> None:
        """Add a row to the transaction of what it is about."""
        row = AuditRow(
            at=self._clock(), staff_id=staff_id, action=action, subject=subject, detail=detail
        )
        await AuditRepository(session).add(row)

    async def note(
        self,
        staff_id: str,
        action: str,
        subject: str | None = None,
        detail: dict[str, Any] | None = None,
    ) -> None:
        """Add a row for what was only read; written before anything is shown."""
        async with self._database.transaction(staff_id) as session:
            await self.add(session, staff_id, action, subject, detail)

    async def latest(
        self, staff_id: str | None = None, action: str | None = None, before: int | None = None
    ) -> Sequence[tuple[AuditRow, str | None]]:
        """Return a page of rows, the newest first, and one more if there are more."""
        async with self._database.reading() as session:
            rows = AuditRepository(session)
            return await rows.latest(staff_id, action, before, PAGE + 1)

    async def receipts(self, rows: Iterable[AuditRow]) -> dict[str, str]:
        """Return conversation -> receipt for what rows are about, as far as it still exists."""
        talks = {row.subject for row in rows if row.subject and row.subject.startswith("c-")}
        async with self._database.reading() as session:
            return await AuditRepository(session).receipts(sorted(talks))
