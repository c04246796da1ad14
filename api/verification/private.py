"""The private answer once more, for the browser that verified: worked out anew, kept nowhere."""

from dataclasses import dataclass

import structlog

from api.chat.conversations.said import Said
from api.chat.conversations.service import ConversationService
from api.chat.engine.protocol import Ask, Engine, EngineFailed
from api.chat.rendering import Rendered, Renderer
from api.kit.clock import Clock
from api.kit.errors import Unavailable
from api.kit.ids import new_id
from api.kit.trace import current_receipt
from api.verification.passes import Pass, Passes

_log = structlog.get_logger()


@dataclass(frozen=True)
class Shown:
    """The words as they are now, and the reply in the transcript that stands for them."""

    placeholder: Said
    rendered: Rendered


class PrivateAnswers:
    """Asks the engine again with the handle from the browser's own cookie."""

    def __init__(
        self,
        passes: Passes,
        conversations: ConversationService,
        engine: Engine,
        renderer: Renderer,
        clock: Clock,
    ) -> None:
        self._passes, self._conversations = passes, conversations
        self._engine, self._renderer, self._clock = engine, renderer, clock

    def open(self, cookie: str | None) -> Pass | None:
        """Return the pass in a cookie, if it is ours and still good."""
        return self._passes.open(cookie or "", self._clock())

    async def of_conversation(self, conversation_id: str, cookie: str | None) -> list[Shown]:
        """Return what this browser may see in its conversation; raises Unavailable."""
        held = self.open(cookie)
        if held is None or held.conversation_id != conversation_id:
            return []
        placeholder = await self._placeholder(held)
        if placeholder is None:
            return []
        return [Shown(placeholder, each) for each in await self.now(held)]

    async def now(self, held: Pass) -> list[Rendered]:
        """Return the private words with the values of this moment; raises Unavailable.

        The engine is asked in a conversation of its own, which it forgets: looking again must
        not disturb a question that is open in the talk.
        """
        aside = new_id("p")
        intent = f"verified_{held.purpose}"
        trace = current_receipt()
        ask = Ask(aside, new_id("m"), "web", intent=intent, grant=held.handle, trace=trace)
        try:
            turn = await self._engine.turn(ask)
            await self._engine.forget(aside)
        except EngineFailed as failure:
            _log.warning("private_failed", detail=str(failure))
            raise Unavailable("engine", retry_after=5) from None
        now = self._clock()
        return [self._renderer.render(each, "", now) for each in turn.spoken if each.private]

    async def _placeholder(self, held: Pass) -> Said | None:
        history = await self._conversations.history(held.conversation_id)
        asked = {each.id for each in history.messages if each.event_id == held.verification_id}
        said = (each for each in history.said if each.reply.in_reply_to in asked)
        return next((each for each in said if each.reply.private), None)
