"""Queries of the audit."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.models import AuditRow


class AuditRepository:
    """Writes and reads through one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, row: AuditRow) -> None:
        """Write a row down."""
        self._session.add(row)

    async def rows(self) -> Sequence[AuditRow]:
        """Return all rows, in order."""
        return (await self._session.scalars(select(AuditRow).order_by(AuditRow.id))).all()
