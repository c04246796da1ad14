"""The rules of the plain page: nothing is written before somebody says something."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.channels.web.parse import event_id
from api.channels.web.render import WebRenderer
from api.channels.web.schemas import BotEntry, PersonEntry
from api.channels.web.service import Waiting
from api.chat.conversations.models import Conversation
from api.chat.conversations.service import ConversationService, Key
from api.chat.errors import ChoiceUnknown
from api.chat.feedback.service import FeedbackService
from api.chat.inbox.service import InboxService, Incoming
from api.kit.clock import Clock
from api.kit.errors import Unauthorized
from api.privacy.erasure.service import ErasureService

_WAIT_SECONDS = 20.0
# A button of the greeting that is shown before there is a conversation: its place in the row.
_GREETED = "greeting-"
_NOT_ASKED = ("ask_", "distress")


@dataclass(frozen=True)
class Said:
    """One submitted form."""

    form_id: str
    text: str
    choice: str


@dataclass(frozen=True)
class Page:
    """What stands on the page; `waiting` while the last message has no answer yet."""

    entries: Sequence[PersonEntry | BotEntry]
    waiting: bool = False
    lost: bool = False
    memo_url: str | None = None

    @property
    def answer(self) -> BotEntry | None:
        """The latest reply if it is an answer that can have solved something."""
        last = self.entries[-1] if self.entries else None
        if not isinstance(last, BotEntry) or last.source is None or last.private:
            return None
        return None if last.answer_id.startswith(_NOT_ASKED) else last


class PlainChat:
    """Speaks for a browser that runs no scripts."""

    def __init__(
        self,
        conversations: ConversationService,
        inbox: InboxService,
        waiting: Waiting,
        web: WebRenderer,
        feedback: FeedbackService,
        erasure: ErasureService,
        clock: Clock,
    ) -> None:
        self._conversations, self._inbox, self._waiting = conversations, inbox, waiting
        self._web, self._feedback, self._erasure = web, feedback, erasure
        self._clock = clock

    async def page(self, key: Key | None) -> Page:
        """Return the conversation, or the greeting where there is none."""
        conversation = await self._find(key)
        if conversation is None:
            return Page(self._greetings(), lost=key is not None)
        history = await self._conversations.history(conversation.id)
        entries = self._web.history(history, None).messages
        waiting = isinstance(entries[-1], PersonEntry)
        return Page(entries, waiting, memo_url=self._web.memo_url(conversation.id))

    async def say(self, key: Key | None, said: Said) -> Key:
        """Take a message or a choice, wait a while for its answer; return the way back in.

        Raises what InboxService.accept raises.
        """
        conversation = await self._find(key)
        if conversation is None or key is None:
            opened = await self._conversations.open("web")
            conversation, key = opened.conversation, Key(opened.conversation.id, opened.token)
        incoming = await self._incoming(conversation, said)
        message = await self._inbox.accept(conversation, incoming)
        await self._waiting.answer(message, _WAIT_SECONDS)
        return key

    async def erase(self, key: Key | None) -> str | None:
        """Delete the conversation; return the receipt, None where there is nothing."""
        conversation = await self._find(key)
        return await self._erasure.erase(conversation) if conversation else None

    async def feedback(self, key: Key | None, reply_id: str, solved: bool) -> None:
        """Write down whether a reply solved it; raises Unauthorized and NotFound."""
        conversation = await self._find(key)
        if conversation is None:
            raise Unauthorized("plain")
        await self._feedback.give(conversation.id, reply_id, solved, None)

    async def _find(self, key: Key | None) -> Conversation | None:
        if key is None:
            return None
        try:
            return await self._conversations.authorize(key.conversation_id, key.token)
        except Unauthorized:
            return None

    async def _incoming(self, conversation: Conversation, said: Said) -> Incoming:
        event = event_id(conversation.id, said.form_id)
        if not said.choice:
            return Incoming(event, text=said.text)
        if not said.choice.startswith(_GREETED):
            return Incoming(event, choice_id=said.choice)
        history = await self._conversations.history(conversation.id)
        greeted = next(said.choices for said in history.said if said.choices)
        choices = {str(place): each.id for place, each in enumerate(greeted)}
        place = said.choice.removeprefix(_GREETED)
        if place not in choices:
            raise ChoiceUnknown()
        return Incoming(event, choice_id=choices[place])

    def _greetings(self) -> list[BotEntry]:
        now = self._clock()
        greetings = self._conversations.greetings("web")
        return [self._web.unwritten(each, _GREETED, now) for each in greetings]
