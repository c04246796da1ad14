"""All figures at one moment: what this process counted, what waits in the tables."""

import asyncio
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from prometheus_client import Gauge, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from api.kit.clock import Clock
from api.kit.database import Database
from api.ops.meter import Meter
from api.ops.repository import QueueRepository, Waiting

# Prometheus gives up after ten.
_PATIENCE_SECONDS = 3.0
# What was given up shows for so long: long enough to be seen, then the alert ends by itself.
_GIVEN_UP = timedelta(hours=1)


@dataclass(frozen=True)
class _Tables:
    """What the tables said."""

    waiting: Mapping[str, Sequence[Waiting]]
    dead: Mapping[str, int]


class Metrics:
    """Reads the tables at each look; two gateways say the same of them."""

    def __init__(
        self, meter: Meter, database: Database, clock: Clock, channels: Iterable[str]
    ) -> None:
        self._meter, self._database, self._clock = meter, database, clock
        self._channels = tuple(channels)
        self._ready = self._gauge("ready", "1 once the engine has answered a message")
        self._up = self._gauge("database_up", "1 while the database answers")
        self._disk = self._gauge("disk_free_bytes", "Free on the disk of an SQLite database")
        self._depth = self._gauge("queue_depth", "What waits", "box", "channel")
        self._age = self._gauge("queue_oldest_seconds", "How long the oldest waits",
                                "box", "channel")  # fmt: skip
        self._dead = self._gauge("dead_letters", "Given up in the last hour", "box")

    def _gauge(self, name: str, what: str, *labels: str) -> Gauge:
        return Gauge(f"helpbot_{name}", what, labels, registry=self._meter.registry)

    async def text(self, *, ready: bool) -> bytes:
        """Return them in Prometheus' format; without those of the tables while they are away."""
        self._ready.set(ready)
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                tables = await self._read()
        except (SQLAlchemyError, OSError):  # which TimeoutError is as well
            self._forget()
        else:
            self._show(tables)
        self._look_at_disk()
        return generate_latest(self._meter.registry)

    async def _read(self) -> _Tables:
        since = self._clock() - _GIVEN_UP
        async with self._database.reading() as session:
            queue = QueueRepository(session)
            waiting = {"inbox": await queue.inbox(), "outbox": await queue.outbox()}
            dead = {
                "inbox": await queue.apologies(since),
                "outbox": await queue.undelivered(since),
            }
        return _Tables(waiting, dead)

    def _forget(self) -> None:
        """Say nothing rather than something old."""
        self._up.set(0)
        for gauge in (self._depth, self._age, self._dead):
            gauge.clear()

    def _show(self, tables: _Tables) -> None:
        self._up.set(1)
        now = self._clock()
        for box, rows in tables.waiting.items():
            by_channel = {row.channel: row for row in rows}
            for channel in dict.fromkeys((*self._channels, *by_channel)):
                self._show_queue(box, channel, by_channel.get(channel), now)
        for box, count in tables.dead.items():
            self._dead.labels(box).set(count)

    def _show_queue(self, box: str, channel: str, row: Waiting | None, now: datetime) -> None:
        age = (now - row.since).total_seconds() if row else 0
        self._depth.labels(box, channel).set(row.depth if row else 0)
        self._age.labels(box, channel).set(max(0, age))

    def _look_at_disk(self) -> None:
        url = self._database.engine.url
        if url.get_backend_name() == "sqlite" and url.database:
            self._disk.set(shutil.disk_usage(Path(url.database).parent).free)
