"""Fake Rasa servers that really listen, and a measured turn."""

import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack

import aiohttp
import pytest

from api.chat.engine.protocol import Ask, EngineFailed
from api.chat.engine.rasa import RasaEngine
from api.kit.outgoing import engine_session
from tests.fakes.rasa import FakeRasa
from tests.support.servers import TOKEN, free_port

Serve = Callable[..., FakeRasa]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start fake servers; they stop with the test."""
    with ExitStack() as stack:

        def start(mood: str = "well", **more: object) -> FakeRasa:
            fake = FakeRasa(mood, **more)
            stack.enter_context(fake.serving())
            return fake

        yield start


@pytest.fixture
def nobody() -> str:
    """An address at which nothing listens."""
    return f"http://127.0.0.1:{free_port()}"


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with engine_session() as http:
        yield http


def ask(text: str | None = "こんにちは", event: str = "m-1", **more: object) -> Ask:
    return Ask("c-1", event, "web", text, **more)


async def measured(engine: RasaEngine) -> tuple[str | None, float]:
    """Return the first answer, None for a failure, and the seconds it took."""
    began = time.monotonic()
    try:
        turn = await engine.turn(ask())
    except EngineFailed:
        return None, time.monotonic() - began
    return turn.spoken[0].answer, time.monotonic() - began


def engine_of(http: aiohttp.ClientSession, *urls: str) -> RasaEngine:
    return RasaEngine(http, [*urls], TOKEN)
