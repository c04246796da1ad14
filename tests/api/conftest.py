"""The gateway with the small engine on a real, migrated database."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from api.app import create_app
from api.kit import migrations
from api.migrate import SCRIPTS
from api.settings import Settings
from tests.support.databases import Databases, databases
from tests.support.servers import TOKEN, accounts_api, free_port
from tools import build_widget


class MovingClock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **delta: float) -> None:
        self.now += timedelta(**delta)


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """What the real migrations made, once a run; each test gets a copy of its own."""

    def migrate(url: str) -> None:
        asyncio.run(migrations.upgrade(url, SCRIPTS))

    with databases("gateway", tmp_path_factory.mktemp("migrated"), migrate) as made:
        yield made


@pytest.fixture
def database_url(migrated: Databases, tmp_path: Path) -> str:
    return migrated.copy(tmp_path)


@pytest.fixture(scope="session")
def accounts_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with accounts_api(tmp_path_factory.mktemp("accounts"), free_port()) as url:
        yield url


@pytest.fixture(scope="session", autouse=True)
def built_widget() -> None:
    """The pages name the widget's files, so they have to be there."""
    build_widget.main()


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(
        database_url=database_url,
        engine="keyword",
        rasa_token=TOKEN,
        accounts_token=TOKEN,
        link_secret=TOKEN,
        public_url="http://bot.test",
    )


@asynccontextmanager
async def serving(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://bot.test") as client,
    ):
        yield client


@pytest.fixture
async def client(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    async with serving(create_app(settings)) as client:
        yield client


class Talk:
    """One conversation over the public chat API."""

    def __init__(self, client: httpx.AsyncClient, opened: dict) -> None:
        self.client, self.opened = client, opened
        self.path = f"/chat/conversations/{opened['conversation_id']}/messages"
        self.headers = {"Authorization": f"Bearer {opened['token']}", "Prefer": "wait=10"}
        self._count = 0

    async def send(self, client_message_id: str = "", **content: str) -> httpx.Response:
        self._count += 1
        body = {"client_message_id": client_message_id or str(self._count), **content}
        return await self.client.post(self.path, json=body, headers=self.headers)

    async def raw(self, content: bytes) -> httpx.Response:
        return await self.client.post(self.path, content=content, headers=self.headers)

    async def ask(self, text: str) -> dict:
        answer = await self.send(text=text)
        assert answer.status_code == 200, answer.text
        return answer.json()["replies"][0]

    async def history(self, **query: str) -> list[dict]:
        answer = await self.client.get(self.path, params=query, headers=self.headers)
        return answer.json()["messages"]


async def begin(client: httpx.AsyncClient) -> Talk:
    answer = await client.post("/chat/conversations", json={})
    return Talk(client, answer.json())


Begin = Callable[[], Awaitable[Talk]]


@pytest.fixture
async def talk(client: httpx.AsyncClient) -> Talk:
    return await begin(client)
