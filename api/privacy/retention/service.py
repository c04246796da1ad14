"""The nightly purge."""

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import structlog

from api.chat.conversations.models import Conversation
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
            if not old:
                break
            gone += sum([await self._let_go(conversation) for conversation in old])
            await self._database.forget_deleted()
            await self._erasure.step()
        _log.info("purged", conversations=gone, audit_rows=audit)
        return Purged(gone, audit)

    async def _let_go(self, conversation: Conversation) -> bool:
        """Count and delete one, at once; say whether it was still there.

        Every gateway with a worker purges at the same hour, and nothing may be counted twice.
        """
        async with self._database.transaction() as session:
            rows = RetentionRepository(session)
            if not await rows.has(conversation.id):
                return False
            await rows.keep_counts(conversation.id)
            await self._erasure.erase_within(session, conversation)
        return True

    async def step(self) -> bool:
        """Purge once a night, after three o'clock in Tokyo."""
        there = self._clock().astimezone(_TOKYO)
        if there.hour >= _HOUR and self._done != there.date():
            self._done = there.date()
            await self.purge()
        return False
