"""The form with a real account API behind it."""

from collections.abc import AsyncIterator

import httpx
import pytest

from api.app import create_app
from api.settings import Settings
from tests.api.conftest import MovingClock, Talk, begin, serving

LOCK_CHECK = "ロックされているか調べて"


@pytest.fixture
def settings(settings: Settings, accounts_url: str) -> Settings:
    return settings.model_copy(update={"accounts_url": accounts_url})


@pytest.fixture
async def client(settings: Settings, clock: MovingClock) -> AsyncIterator[httpx.AsyncClient]:
    async with serving(create_app(settings, clock)) as client:
        yield client


@pytest.fixture
async def talk(client: httpx.AsyncClient) -> Talk:
    return await begin(client)


@pytest.fixture
async def link(talk: Talk) -> str:
    reply = await talk.ask(LOCK_CHECK)
    return verification_link(reply)


def verification_link(reply: dict) -> str:
    urls: list[str] = [link["url"] for link in reply["links"] if "/verify/" in link["url"]]
    return urls[0]
