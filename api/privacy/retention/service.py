"""The nightly purge."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import batched
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
# Nobody else writes meanwhile, and people wait behind it.
_TOGETHER = 20

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
        while old := await self._old(now - TEXT):
            for together in batched(old, _TOGETHER):
                gone += await self._let_go(together, now - TEXT)
            await self._erasure.step()
        await self._erasure.tidy()
        _log.info("purged", conversations=gone, audit_rows=audit)
        return Purged(gone, audit)

    async def _old(self, before: datetime) -> Sequence[str]:
        async with self._database.reading() as session:
            return await RetentionRepository(session).old(before, _AT_ONCE)

    async def _let_go(self, conversation_ids: Sequence[str], before: datetime) -> int:
        """Count and delete some, at once; return how many of them were still there and old.

        Every gateway with a worker purges at the same hour, and nothing may be counted twice;
        and somebody may have come back meanwhile.
        """
        async with self._database.transaction() as session:
            rows = RetentionRepository(session)
            old = await rows.old(before, len(conversation_ids), conversation_ids)
            if old:
                await rows.keep_counts(old)
                await self._erasure.erase_within(session, old)
        return len(old)

    async def step(self) -> bool:
        """Purge once a night, after three o'clock in Tokyo."""
        there = self._clock().astimezone(_TOKYO)
        if there.hour >= _HOUR and self._done != there.date():
            self._done = there.date()
            await self.purge()
        return False
