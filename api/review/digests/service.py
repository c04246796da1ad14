"""Take what was answered into the digests and the search, a moment later."""

from datetime import datetime, timedelta
from functools import cache

from api.chat.bell import Bell
from api.chat.inbox.models import InboxMessage
from api.kit.clock import Clock
from api.kit.database import Database
from api.review.digests.repository import DigestRepository
from api.review.queue.teaches import BAD, Newness, teaches
from api.review.search.repository import Search, search_of

_AT_ONCE = 200
# What is rung about.
DIGESTS = "digests"
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
            rated = await digests.rated_since(self._since)
        # One at a time: all together held the write lock for a tenth of a second, and whoever wrote
        # on LINE meanwhile waited for it.
        for each in sorted({message.conversation_id for message in new} | rated):
            await self._take_in(each, {message.id for message in new}, rated=each in rated)
        if len(new) < _AT_ONCE:
            self._since = began - _OVERLAP
        return len(new) == _AT_ONCE

    async def _take_in(self, conversation_id: str, messages: set[str], *, rated: bool) -> None:
        """Take in what is new of a conversation.

        Whoever erases it or takes a message back waits meanwhile, so nothing of that stays.
        """
        async with self._database.transaction(conversation_id) as session:
            digests, search = DigestRepository(session), search_of(session)
            # Another gateway may have been quicker; erased ones are gone by now.
            found = await digests.new_messages(self._since, _AT_ONCE, conversation_id)
            new = [message for message in found if message.id in messages]
            for message in new:
                await self._know(digests, search, message)
            if new or rated:
                await digests.refresh(conversation_id, await digests.get(conversation_id))
            if rated:
                await digests.teaches_more(conversation_id, BAD)
        if new:
            self._bell.ring(DIGESTS)

    async def _know(self, digests: DigestRepository, search: Search, message: InboxMessage) -> None:
        """Take one message in; what was tapped is our own wording and teaches nothing."""
        typed = message.payload is None and bool(message.text)
        figure = 0.0
        if typed and message.text:
            await search.add(message.id, message.conversation_id, message.text)
            ranking = await digests.ranking(message)
            figure = teaches(message, ranking, self._newness().share(message.text))
        await digests.mark(message, typed=typed, teaches=figure)
