"""Export what a list shows, masked as it is kept."""

import json
from dataclasses import replace
from typing import Any

from api.kit.database import Database
from api.privacy.masking import mask
from api.review.audit.service import AuditService
from api.review.conversations.filters import Filters
from api.review.conversations.repository import ReadingRepository
from api.review.export.csv import as_csv
from api.review.export.repository import ExportRepository
from api.review.export.table import COLUMNS, as_table
from api.review.naming import Naming

_MOST = 2000


class ExportService:
    """The rules of exports: each leaves a row with what was asked for and how much it was."""

    def __init__(self, database: Database, audit: AuditService, names: Naming) -> None:
        self._database, self._audit, self._names = database, audit, names

    async def rows(self, filters: Filters, kind: str, staff_id: str) -> list[dict[str, Any]]:
        """Return the messages of the conversations that fit, 2,000 conversations at most."""
        async with self._database.reading() as session:
            digests = await ReadingRepository(session).page(filters, _MOST)
            ids = [each.conversation_id for each in digests]
            export = ExportRepository(session)
            tags = await export.tags(ids)
            rows = [
                {**row, "tags": tags.get(row["conversation"], [])}
                for row in await export.labelled(ids)
            ]
        # Masked before they are put into the form of an address, which hides an @ from the rules.
        masked = replace(filters, q=mask(filters.q).text, tag=mask(filters.tag).text)
        asked = {"filters": masked.address(), "rows": len(rows), "kind": kind}
        await self._audit.note(staff_id, "exported", None, asked)
        return rows

    async def csv(self, filters: Filters, staff_id: str) -> str:
        """Return CSV for people: no code, no id but the 受付番号."""
        rows = await self.rows(filters, "csv", staff_id)
        columns = [self._names.word("export", name) for name in COLUMNS]
        return as_csv(columns, as_table(rows, self._names))

    async def jsonl(self, filters: Filters, staff_id: str) -> str:
        """Return one JSON object a line, with the ids, for programs."""
        rows = await self.rows(filters, "jsonl", staff_id)
        objects = ({**row, "received_at": row["received_at"].isoformat()} for row in rows)
        return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in objects)
