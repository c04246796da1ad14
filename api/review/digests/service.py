"""Take what was answered into the digests and the search, a moment later."""

from datetime import datetime, timedelta
from functools import cache

from api.chat.bell import Bell
from api.chat.inbox.models import InboxMessage
from api.kit.clock import Clock
from api.kit.database import Database
from api.review.digests.repository import DigestRepository
from api.review.queue.teaches import BAD, Newness, teaches
from api.review.search.repository import search_of

_AT_ONCE = 200
# What is rung about.
DIGESTS = "digests"
# How far a new process looks back for ratings: all there are would keep it busy for hours.
_LOOKS_BACK = timedelta(hours=1)
# An answer may be committed a little after the moment that stands in its row.
_OVERLAP = timedelta(seconds=60)


class Digests:
    """Follows the inbox. It writes nothing a worker needs, so it may lag behind."""

    def __init__(self, database: Database, clock: Clock, bell: Bell) -> None:
        self._database, self._clock, self._bell = database, clock, bell
        self._since: datetime | None = None
        self._newness = cache(Newness)

    async def step(self) -> bool:
        """Take in what is new; say whether there was more than fits one go."""
        began = self._clock()
        # Looked at without the write lock: mostly there is nothing.
        async with self._database.reading() as session:
            digests = DigestRepository(session)
            new = await digests.new_messages(self._since, _AT_ONCE)
            figures = {each.id: await self._figure(digests, each) for each in new}
            rated = await digests.rated_since(self._since or await _before_the_last(digests))
        # One at a time, and shortly: all together held the write lock for a tenth of a second, and
        # who wrote on LINE meanwhile waited for it.
        for each in sorted({message.conversation_id for message in new} | rated):
            mine = {one.id: figures[one.id] for one in new if one.conversation_id == each}
            await self._take_in(each, mine, rated=each in rated)
        if len(new) < _AT_ONCE:
            self._since = began - _OVERLAP
        return len(new) == _AT_ONCE

    async def _figure(self, digests: DigestRepository, message: InboxMessage) -> float | None:
        """Return how much a message would teach; None for what was tapped, our own wording."""
        if message.payload is not None or not message.text:
            return None
        ranking = await digests.ranking(message)
        return teaches(message, ranking, self._newness().share(message.text))

    async def _take_in(
        self, conversation_id: str, figures: dict[str, float | None], *, rated: bool
    ) -> None:
        """Take in what is new of a conversation.

        Whoever erases it or takes a message back waits meanwhile, so nothing of that stays.
        """
        async with self._database.transaction(conversation_id) as session:
            digests, search = DigestRepository(session), search_of(session)
            # Another gateway may have been quicker; erased ones are gone by now.
            new = await digests.still_new(conversation_id, figures)
            for message_id, words in new.items():
                figure = figures[message_id] if words else None
                if figure is not None:
                    await search.add(message_id, conversation_id, words)
                await digests.mark(
                    conversation_id, message_id, typed=figure is not None, teaches=figure or 0.0
                )
            if new or rated:
                await digests.refresh(conversation_id, await digests.get(conversation_id))
            if rated:
                await digests.teaches_more(conversation_id, BAD)
        if new:
            self._bell.ring(DIGESTS)


async def _before_the_last(digests: DigestRepository) -> datetime | None:
    """Return a moment before which all was taken in, ratings too; None where nothing was yet."""
    latest = await digests.latest()
    return latest - _LOOKS_BACK if latest else None
