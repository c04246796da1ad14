"""What every platform's endpoint does: check, read, write down, say yes."""

from collections.abc import Callable, Sequence
from typing import Any

import structlog
from fastapi import Request

from api.channels.contract import Arrival, Way
from api.kit.body import read_body
from api.kit.errors import NotFound, Unauthorized

# A platform's batch may be larger than a person's message.
_LIMIT = 1024 * 1024

_log = structlog.get_logger()


class Intake:
    """One request from a platform. Nothing in it is believed before `checked`."""

    def __init__(self, request: Request, channel: str) -> None:
        """Raises NotFound where the channel is not set up."""
        self._request, self._channel = request, channel
        self._services: Any = request.app.state.services
        way: Way | None = self._services.platforms.ways.get(channel)
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
        self, raw: bytes, parse: Callable[[bytes], Sequence[Arrival]] | None = None
    ) -> None:
        """Write down what happened; when this returns, it is safe to say yes."""
        arrivals = (parse or self._way.adapter.parse)(raw)
        await self._services.platforms.reception.take_all(self._channel, arrivals)
