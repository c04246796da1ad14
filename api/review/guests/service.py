"""The rules of a talk to try a model: nothing of it is stored, counted or taught."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from api.chat.engine.protocol import Ask, EngineFailed, Spoken
from api.chat.rendering import Renderer
from api.kit.clock import Clock
from api.kit.database import Database
from api.kit.ids import new_id
from api.privacy.masking import mask
from api.review.audit.service import AuditService
from api.review.guests.errors import GuestLinkOver, GuestModelFailed
from api.review.guests.links import GuestLinks
from api.review.guests.process import GuestModel
from api.review.staff.service import Visitor
from api.review.teaching.repository import TeachingRepository
from bot.text.cleaning import clean

_CHANNEL, _LONGEST = "guest", 1_000
_MOST_TALKS, _MOST_LINES = 50, 40


@dataclass
class Line:
    """What a guest wrote, masked, and the bodies of the answers."""

    text: str
    replies: Sequence[dict[str, Any]]


@dataclass
class GuestTalk:
    """A talk in memory; it ends with this process."""

    id: str
    lines: list[Line] = field(default_factory=list)


class GuestService:
    """Makes links and answers guests."""

    def __init__(
        self,
        database: Database,
        links: GuestLinks,
        model: GuestModel,
        renderer: Renderer,
        audit: AuditService,
        clock: Clock,
    ) -> None:
        self._database, self._links, self.model = database, links, model
        self._renderer, self._audit, self._clock = renderer, audit, clock
        self._talks: OrderedDict[str, GuestTalk] = OrderedDict()

    async def link(self, row_id: str, visitor: Visitor) -> str:
        """Return a link to a model; raises GuestLinkOver where there is no such model."""
        await self._file(row_id)
        async with self._database.transaction() as session:
            await self._audit.add(session, visitor.id, "guest_link_made", row_id)
        return self._links.url(row_id)

    async def talk(self, token: str, talk_id: str) -> GuestTalk:
        """Return what was said so far; raises GuestLinkOver."""
        await self._model_of(token)
        return self._known(token, talk_id)

    async def say(self, token: str, talk_id: str, text: str) -> GuestTalk:
        """Let the model answer; raises GuestLinkOver and GuestModelFailed."""
        file = await self._model_of(token)
        talk = self._known(token, talk_id)
        said = mask(clean(text)[:_LONGEST]).text.strip()
        if not said:
            return talk
        talk.lines.append(Line(said, await self._answers(file, talk.id, said)))
        del talk.lines[:-_MOST_LINES]
        self._talks[f"{token}/{talk.id}"] = talk
        while len(self._talks) > _MOST_TALKS:
            self._talks.popitem(last=False)
        return talk

    def _known(self, token: str, talk_id: str) -> GuestTalk:
        return self._talks.get(f"{token}/{talk_id}") or GuestTalk(new_id("g"))

    async def _answers(self, file: str, talk_id: str, said: str) -> list[dict[str, Any]]:
        ask = Ask(talk_id, new_id("e"), _CHANNEL, text=said)
        try:
            turn = await self.model.turn(file, ask)
        except EngineFailed as failure:
            raise GuestModelFailed(str(failure)) from failure
        return [self._body(each) for each in turn.spoken]

    def _body(self, spoken: Spoken) -> dict[str, Any]:
        rendered = self._renderer.render(spoken, "", self._clock())
        return {**rendered.body, "choices": [button.label for button in rendered.choices]}

    async def _model_of(self, token: str) -> str:
        row_id = self._links.model(token)
        if row_id is None:
            raise GuestLinkOver("signature or age")
        return await self._file(row_id)

    async def _file(self, row_id: str) -> str:
        async with self._database.reading() as session:
            row = await TeachingRepository(session).model(row_id)
        if row is None or not row.file:
            raise GuestLinkOver("model")
        return row.file
