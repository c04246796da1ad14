"""The Rasa servers of the settings: which of them may be asked now."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

import aiohttp
import structlog

from api.kit.breaker import Breaker
from api.kit.clock import Clock

# A sign of life is cheap: a server that gives none for so long would not answer a person either.
LOOK_SECONDS = 1.5
_LOOK = aiohttp.ClientTimeout(total=LOOK_SECONDS)
_BROKEN = 500

_log = structlog.get_logger()


class Servers:
    """Takes turns, leaves alone who does not answer, and looks again without costing a message.

    Every look that fails puts the next try of a message further off, so that with `look` running a
    silent server is never asked; where nothing looks, one message in three seconds is the try.
    """

    def __init__(
        self,
        http: aiohttp.ClientSession,
        urls: Sequence[str],
        headers: Mapping[str, str],
        clock: Clock,
    ) -> None:
        self._http, self._headers = http, headers
        self._breakers = {url: Breaker(clock, failures=1) for url in urls}
        self._answers = dict.fromkeys(urls, 0)
        self._first = 0

    def in_turn(self) -> Iterator[str]:
        """Yield the servers that may be asked, beginning with another one each time."""
        urls = [*self._breakers]
        self._first = (self._first + 1) % max(1, len(urls))
        for url in (*urls[self._first :], *urls[: self._first]):
            if self._breakers[url].allow():
                yield url

    def failed(self, url: str) -> None:
        """Leave a server alone that gave no answer at all."""
        if not self._breakers[url].open:
            _log.warning("rasa_left_alone", server=url)
        self._breakers[url].failed()

    def succeeded(self, url: str) -> None:
        """Note that a server has answered."""
        if self._breakers[url].open:
            _log.info("rasa_is_back", server=url)
        self._answers[url] += 1
        self._breakers[url].succeeded()

    async def lives(self, url: str) -> bool:
        """Ask a server for a sign of life and remember what came of it."""
        before, status = self._answers[url], None
        with suppress(aiohttp.ClientError, TimeoutError):
            look = f"{url}/webhooks/turn/health"
            async with self._http.get(look, headers=self._headers, timeout=_LOOK) as answer:
                status = answer.status
        # An older server knows no such page, and is well all the same.
        # One that is so busy that the look came too late has answered messages meanwhile.
        silent = status is None and self._answers[url] == before
        if silent or (status is not None and status >= _BROKEN):
            self.failed(url)
            return False
        self.succeeded(url)
        return True

    async def look(self) -> bool:
        """Look at all servers at once; say whether any of them lives."""
        return any(await asyncio.gather(*(self.lives(url) for url in self._breakers)))
