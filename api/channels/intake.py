"""What every platform's endpoint does: check, read, write down, say yes."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from fastapi import Request

from api.channels.contract import Arrival
from api.kit.body import read_body
from api.kit.errors import NotFound, Unauthorized, Unavailable

if TYPE_CHECKING:
    from api.wiring import Services  # which imports the channels itself

# A platform's batch may be larger than a person's message.
_LIMIT = 1024 * 1024
# LINE gives up after two seconds; ours are one and a half, some of it before and after the writing.
_PATIENCE_SECONDS = 1.0
# More at once would all wait longer than the platform does, and none would be in time: who is
# refused at once is sent again, and those who wait are written down.
_MOST_UNDER_WAY = 16
# asyncio itself keeps no hold on what it runs.
_UNDER_WAY: set["asyncio.Future[None]"] = set()


def _finished(taking: "asyncio.Future[None]") -> None:
    _UNDER_WAY.discard(taking)
    if not taking.cancelled():
        taking.exception()  # Seen: whoever still waits raises it, nobody else has to.


class Intake:
    """One request from a platform. Nothing in it is believed before `checked`."""

    def __init__(self, request: Request, channel: str) -> None:
        """Raises NotFound where the channel is not set up."""
        self._request, self._channel = request, channel
        self._services: Services = request.app.state.services
        way = self._services.platforms.ways.get(channel)
        if way is None:
            raise NotFound(f"{channel} is not set up")
        self._way = way

    async def checked(self) -> bytes:
        """Return the raw body once the platform's signature fits; raises Unauthorized."""
        raw = await read_body(self._request, _LIMIT)
        headers = self._request.headers
        names = [name.lower() for name in headers]
        once = {name: headers[name] for name in names if names.count(name) == 1}
        if not self._way.adapter.verify(raw, once, self._services.clock()):
            raise Unauthorized(f"{self._channel}: signature")
        return raw

    async def take(
        self,
        raw: bytes,
        parse: Callable[[bytes], Sequence[Arrival]] | None = None,
        patience: float | None = None,
    ) -> None:
        """Write down what happened; when this returns, it is safe to say yes.

        Raises Unavailable when too many wait already, and when the database keeps us waiting
        (`patience` seconds, for platforms that wait less long than LINE): the platform sends it
        again, and what is written after all is known by its event id then.
        """
        if len(_UNDER_WAY) >= _MOST_UNDER_WAY:
            raise Unavailable("too many wait already", retry_after=5)
        arrivals = (parse or self._way.adapter.parse)(raw)
        taking = asyncio.ensure_future(
            self._services.platforms.reception.take_all(self._channel, arrivals)
        )
        _UNDER_WAY.add(taking)
        taking.add_done_callback(_finished)
        # Not cancelled: a driver's thread in the middle of a write cannot be.
        await asyncio.wait({taking}, timeout=patience or _PATIENCE_SECONDS)
        if not taking.done():
            raise Unavailable("database is slow", retry_after=5)
        taking.result()
