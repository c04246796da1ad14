"""The core without a channel: leases, answering, delivery."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from api.chat.answering.lease import Leases
from api.chat.answering.service import AnsweringService
from api.chat.conversations.models import Conversation
from api.chat.engine.protocol import Ask, EngineFailed, Spoken, Turn
from api.chat.handover.service import Handovers
from api.chat.inbox.models import InboxMessage
from api.chat.inbox.service import Incoming
from api.chat.notices.board import NoticeBoard
from api.chat.rendering import Rendered, Renderer
from api.content.catalogue import Catalogue, load_catalogue
from api.content.hours import OpeningHours
from api.kit.outgoing import outgoing
from api.settings import Settings
from api.wiring import Services, wire
from tests.api.conftest import MovingClock

NOW = datetime(2026, 11, 23, 5, 20, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="session")
def renderer(catalogue: Catalogue) -> Renderer:
    return Renderer(catalogue, OpeningHours("Mon-Fri 09:30-18:00"))


def labels(rendered: Rendered) -> list[str]:
    """Return what is written on the buttons."""
    return [button.label for button in rendered.choices]


class ScriptedEngine:
    """Says what it is told to, and counts."""

    def __init__(self) -> None:
        self.asked: list[Ask] = []
        self.answer: Turn | None = Turn((Spoken("greeting"),), "greeting", 0.9, "model-1")
        self.failure: EngineFailed | None = None

    async def turn(self, ask: Ask) -> Turn:
        self.asked.append(ask)
        if self.failure or self.answer is None:
            raise self.failure or EngineFailed("down")
        return self.answer


@dataclass
class Core:
    """The parts a test wants to hold."""

    services: Services
    engine: ScriptedEngine
    leases: Leases
    answering: AnsweringService
    conversation: Conversation
    clock: MovingClock

    async def accept(self, text: str = "こんにちは", event: str = "e-1") -> InboxMessage:
        return await self.services.inbox.accept(self.conversation, Incoming(event, text))

    async def hear(self, text: str, *answers: str, event: str = "") -> list[dict]:
        """Let the engine decide on `answers` to `text`; return the bodies of the replies."""
        self.engine.answer = Turn(tuple(Spoken(each) for each in answers), answers[0], 0.9, "m")
        message = await self.accept(text, event or f"e-{len(self.engine.asked)}")
        claimed = await self.leases.claim()
        assert claimed is not None
        await self.answering.answer(claimed)
        self.clock.move(seconds=1)
        said = await self.services.conversations.said_to(message)
        return [{**each.reply.body, "answer_id": each.reply.answer_id} for each in said]

    async def replies(self, message: InboxMessage) -> list[str]:
        said = await self.services.conversations.said_to(message)
        return [each.reply.answer_id for each in said]


@pytest.fixture
async def core(settings: Settings, clock: MovingClock) -> AsyncIterator[Core]:
    async with outgoing() as clients:
        services = wire(settings, clients, clock)
        engine, leases = ScriptedEngine(), Leases(services.database, clock)
        wired = services.worker._answering
        offers = wired._offers
        composer, renderer = wired._composer, wired._renderer
        answering = AnsweringService(
            services.database,
            composer,
            renderer,
            engine,
            offers,
            leases,
            clock,
            NoticeBoard(),
            Handovers(services.database),
        )
        opened = await services.conversations.open("web")
        yield Core(services, engine, leases, answering, opened.conversation, clock)
        await services.database.close()
