"""Follow a conversation: what server-sent events are made of."""

from collections.abc import AsyncIterator

from sse_starlette import ServerSentEvent

from api.channels.web.render import WebRenderer
from api.channels.web.schemas import BotEntry
from api.chat.answering.composing import TIME_LEFT
from api.chat.bell import Bell
from api.chat.conversations.service import ConversationService, History
from api.chat.inbox.models import DONE

_POLL_SECONDS = 1.0
# Says that GET …/private has something for the browser that verified.
_PRIVATE = '{"kind":"private"}'


class Events:
    """Yields each reply once, the oldest first, and says when one is on its way."""

    def __init__(self, conversations: ConversationService, web: WebRenderer, bell: Bell) -> None:
        self._conversations, self._web, self._bell = conversations, web, bell

    async def follow(
        self, conversation_id: str, last_event_id: str | None
    ) -> AsyncIterator[ServerSentEvent]:
        """Yield events from behind `last_event_id` on, until the reader hangs up."""
        last, announced = last_event_id, ""
        while True:
            history = await self._conversations.history(conversation_id)
            for entry in self._web.history(history, last).messages:
                if isinstance(entry, BotEntry):
                    last, data = entry.id, entry.model_dump_json(by_alias=True)
                    yield ServerSentEvent(data, event="reply", id=entry.id)
                    if entry.private or entry.answer_id == TIME_LEFT:
                        yield ServerSentEvent(_PRIVATE, event="notice")
            waiting = _waiting(history)
            if waiting and waiting != announced:
                announced = waiting
                yield ServerSentEvent("{}", event="typing")
            await self._bell.wait(_POLL_SECONDS)


def _waiting(history: History) -> str:
    """Return the id of the last message that has no outcome yet, or an empty string."""
    open_ones = [message.id for message in history.messages if message.status != DONE]
    return open_ones[-1] if open_ones else ""
