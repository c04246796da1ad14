"""Tell open pages that something is new."""

from collections.abc import AsyncIterator

from sse_starlette import ServerSentEvent

from api.chat.bell import Bell
from api.kit.database import Database
from api.review.digests.repository import DigestRepository
from api.review.digests.service import DIGESTS

# The news may come from another gateway's worker, whose bell is not heard here.
_POLL_SECONDS = 2.0


class Live:
    """Server-sent events without content: the page asks for what it shows."""

    def __init__(self, database: Database, bell: Bell) -> None:
        self._database, self._bell = database, bell

    async def news(self) -> AsyncIterator[ServerSentEvent]:
        """Yield an event whenever a conversation has moved on."""
        last = None
        with self._bell.listening(DIGESTS) as ear:
            while True:
                async with self._database.reading() as session:
                    latest = await DigestRepository(session).latest()
                if last is not None and latest != last:
                    yield ServerSentEvent("{}", event="news")
                last = latest
                await ear.next_ring(self._bell.patience(_POLL_SECONDS))
