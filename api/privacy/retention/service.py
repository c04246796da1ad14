"""The nightly purge."""

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import structlog

from api.kit.clock import Clock
from api.kit.database import Database
from api.privacy.erasure.service import ErasureService
from api.privacy.retention.repository import RetentionRepository

_TOKYO = ZoneInfo("Asia/Tokyo")
# What the law asks: no longer than needed (個人情報保護法 article 22); the figures are ours.
TEXT, AUDIT = timedelta(days=90), timedelta(days=366)
_HOUR, _AT_ONCE = 3, 200

_log = structlog.get_logger()


@dataclass(frozen=True)
class Purged:
    """How much went, or would go."""

    conversations: int
    audit_rows: int


class RetentionService:
    """Text goes after 90 days, audit rows after a year; counts stay."""

    def __init__(self, database: Database, erasure: ErasureService, clock: Clock) -> None:
        self._database, self._erasure, self._clock = database, erasure, clock
        self._done: date | None = None

    async def dry_run(self) -> Purged:
        """Return what a purge would delete now."""
        now = self._clock()
        async with self._database.reading() as session:
            rows = RetentionRepository(session)
            return Purged(await rows.count_old(now - TEXT), await rows.old_audit(now - AUDIT))

    async def purge(self) -> Purged:
        """Delete what is too old, by the same way as an erasure."""
        now, gone = self._clock(), 0
        async with self._database.transaction() as session:
            rows = RetentionRepository(session)
            audit = await rows.old_audit(now - AUDIT)
            await rows.drop_audit(now - AUDIT)
        while True:
            async with self._database.reading() as session:
                old = await RetentionRepository(session).old(now - TEXT, _AT_ONCE)
            for conversation in old:
                async with self._database.transaction() as session:
                    await RetentionRepository(session).keep_counts(conversation.id)
                await self._erasure.erase(conversation)
            gone += len(old)
            if not old:
                break
        _log.info("purged", conversations=gone, audit_rows=audit)
        return Purged(gone, audit)

    async def step(self) -> bool:
        """Purge once a night, after three o'clock in Tokyo."""
        there = self._clock().astimezone(_TOKYO)
        if there.hour >= _HOUR and self._done != there.date():
            self._done = there.date()
            await self.purge()
        return False
