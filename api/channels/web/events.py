"""Follow a conversation: what server-sent events are made of."""

import random
from collections.abc import AsyncIterator, Callable

from sse_starlette import ServerSentEvent

from api.channels.web.render import WebRenderer
from api.channels.web.schemas import BotEntry, PersonEntry
from api.chat.answering.composing import TIME_LEFT
from api.chat.bell import Bell, Ear
from api.chat.conversations.history import Bookmark, History
from api.chat.conversations.service import ConversationService
from api.chat.inbox.models import DONE

_POLL_SECONDS = 1.0
# A ring that is lost is a rare thing (who begins anew makes all look), and hundreds of streams on
# which nothing happens are usual.
_PATIENT = 30
# Says that GET …/private has something for the browser that verified.
_PRIVATE = '{"kind":"private"}'


class Events:
    """Yields each reply once, the oldest first, and says when one is on its way."""

    def __init__(
        self,
        conversations: ConversationService,
        web: WebRenderer,
        bell: Bell,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._conversations, self._web, self._bell = conversations, web, bell
        self._chance = chance

    async def follow(
        self, conversation_id: str, last_event_id: str | None
    ) -> AsyncIterator[ServerSentEvent]:
        """Yield events from behind `last_event_id` on, until the reader hangs up.

        A person's own message (event `message`, for a second window) carries no event id: only
        the place of a reply is safe to continue from, as an answer may be written after a
        message that came in later.
        """
        with self._bell.listening(conversation_id) as ear:
            async for event in self._tell(conversation_id, last_event_id, ear):
                yield event

    async def _tell(
        self, conversation_id: str, last_event_id: str | None, ear: Ear
    ) -> AsyncIterator[ServerSentEvent]:
        read, announced, behind = Bookmark(), "", last_event_id
        while True:
            # All of it once; then what is new, or each turn of a long talk costs more.
            news = await self._conversations.news(conversation_id, read)
            new = [each for each in news.messages if each.sequence > read.sequence]
            for entry in self._web.history(History(new, news.said), behind).messages:
                yield _event(entry)
                if _has_private(entry):
                    yield ServerSentEvent(_PRIVATE, event="notice")
            waiting = _waiting(news)
            if waiting and waiting != announced:
                announced = waiting
                yield ServerSentEvent("{}", event="typing")
            read, behind = read.moved_by(news), None
            await self._until_new(conversation_id, read.mark, ear)

    async def _until_new(self, conversation_id: str, known: tuple[int, ...], ear: Ear) -> None:
        """Return at a ring, or when a look from time to time finds what no ring told of.

        Streams that were opened together must not look together: hundreds at once would keep
        those waiting who talk.
        """
        while True:
            seconds = self._bell.patience(_POLL_SECONDS, _PATIENT)
            if await ear.next_ring(seconds * (0.5 + self._chance() / 2)):
                return
            if await self._conversations.mark(conversation_id) != known:
                return


def _event(entry: PersonEntry | BotEntry) -> ServerSentEvent:
    data = entry.model_dump_json(by_alias=True)
    if isinstance(entry, BotEntry):
        return ServerSentEvent(data, event="reply", id=entry.id)
    return ServerSentEvent(data, event="message")


def _has_private(entry: PersonEntry | BotEntry) -> bool:
    return isinstance(entry, BotEntry) and (entry.private or entry.answer_id == TIME_LEFT)


def _waiting(history: History) -> str:
    """Return the id of the last message that has no outcome yet, or an empty string."""
    open_ones = [message.id for message in history.messages if message.status != DONE]
    return open_ones[-1] if open_ones else ""
