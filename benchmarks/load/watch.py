"""Look at the processes again and again while something else goes on."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

from benchmarks.stack import Whole
from benchmarks.usage import Usage, by_part, growth


class Watch:
    """Samples of the usage of each part."""

    def __init__(self, stack: Whole, every: float) -> None:
        self._pid, self._every = stack.process.pid, every
        self.samples: list[dict[str, Usage]] = []

    @contextlib.asynccontextmanager
    async def looking(self) -> AsyncIterator["Watch"]:
        """Take samples until the block ends."""
        task = asyncio.ensure_future(self._look())
        try:
            yield self
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
            self.take()

    def take(self) -> dict[str, Usage]:
        """Take a sample now and return it."""
        self.samples.append(by_part([self._pid]))
        return self.samples[-1]

    async def _look(self) -> None:
        while True:
            await asyncio.to_thread(self.take)
            await asyncio.sleep(self._every)

    def summary(self) -> dict[str, Any]:
        """Return last sizes, growth of memory by part, handles and connections then and now."""
        last, first = self.samples[-1], self.samples[min(1, len(self.samples) - 1)]
        grown = growth(self.samples, lambda each: each.rss)
        return {
            "rss_mb": {part: round(each.rss) for part, each in last.items()},
            "rss_growth": {part: round(share, 4) for part, share in grown.items()},
            "handles": [first["all"].handles, last["all"].handles],
            "connections": [first["all"].connections, last["all"].connections],
            "threads": [first["all"].threads, last["all"].threads],
            "cpu_seconds": round(last["all"].cpu_seconds - self.samples[0]["all"].cpu_seconds, 1),
        }
