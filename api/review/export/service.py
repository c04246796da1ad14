"""Export what a list shows, masked as it is kept."""

import json

from api.kit.database import Database
from api.privacy.masking import mask
from api.review.audit.service import AuditService
from api.review.conversations.filters import Filters
from api.review.conversations.repository import ReadingRepository
from api.review.export.csv import as_csv
from api.review.export.repository import ExportRepository

COLUMNS = ("message", "conversation", "received_at", "channel", "text", "intent", "confidence",
           "outcome", "model", "verdict", "right_topic")  # fmt: skip
_MOST = 2000


class ExportService:
    """The rules of exports: each leaves a row with what was asked for and how much it was."""

    def __init__(self, database: Database, audit: AuditService) -> None:
        self._database, self._audit = database, audit

    async def rows(self, filters: Filters, kind: str, staff_id: str) -> list[tuple[object, ...]]:
        """Return the messages of the conversations that fit, 2,000 conversations at most."""
        async with self._database.reading() as session:
            digests = await ReadingRepository(session).page(filters, _MOST)
            ids = [each.conversation_id for each in digests]
            rows = [tuple(row) for row in await ExportRepository(session).labelled(ids)]
        asked = {"filters": mask(filters.address()).text, "rows": len(rows), "kind": kind}
        await self._audit.note(staff_id, "exported", None, asked)
        return [(*row[:2], row[2].isoformat(), *row[3:]) for row in rows]

    async def csv(self, filters: Filters, staff_id: str) -> str:
        """Return CSV."""
        return as_csv(COLUMNS, await self.rows(filters, "csv", staff_id))

    async def jsonl(self, filters: Filters, staff_id: str) -> str:
        """Return one JSON object a line."""
        rows = await self.rows(filters, "jsonl", staff_id)
        objects = (dict(zip(COLUMNS, row, strict=True)) for row in rows)
        return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in objects)
