"""A real app on a real, migrated, temporary database; only the clock is ours."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from api.accounts.app import create_app
from api.accounts.migrate import migrate
from api.accounts.settings import Settings
from api.kit.database import Database
from tests.support.databases import Databases, databases

TOKEN = "a-token-of-the-tests-only"


class MovingClock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: int) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """What the real migrations made, once a run; each test gets a copy of its own."""

    def lay(url: str) -> None:
        asyncio.run(migrate(url))

    with databases("accounts", tmp_path_factory.mktemp("migrated"), lay) as made:
        yield made


@pytest.fixture
def url(migrated: Databases, tmp_path: Path) -> str:
    return migrated.copy(tmp_path)


@pytest.fixture
def settings(url: str) -> Settings:
    return Settings(
        _env_file=None,
        accounts_database_url=url,
        accounts_token=TOKEN,
        accounts_port=8010,
        lock_after=5,
        lock_minutes=30,
    )


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    database = Database(settings.accounts_database_url)
    yield database
    await database.close()


@pytest.fixture
async def app(settings: Settings, clock: MovingClock, database: Database) -> AsyncIterator[FastAPI]:
    app = create_app(settings, clock)
    async with app.router.lifespan_context(app):
        yield app


@asynccontextmanager
async def _client(app: FastAPI, headers: dict[str, str]) -> AsyncIterator[AsyncClient]:
    # A server answers 500 where the test transport would raise.
    transport = ASGITransport(app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://accounts", headers=headers) as it:
        yield it


@pytest.fixture
async def stranger(app: FastAPI) -> AsyncIterator[AsyncClient]:
    """A client without the token."""
    async with _client(app, {}) as client:
        yield client


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[AsyncClient]:
    async with _client(app, {"Authorization": f"Bearer {TOKEN}"}) as client:
        yield client


@pytest.fixture
def verify(client: AsyncClient) -> Callable[..., Awaitable[str]]:
    """Return a function that verifies a person and gives the handle."""

    async def handle_of(person: str, purpose: str = "lockout") -> str:
        body = {"purpose": purpose, "demo_person": person}
        return (await client.post("/v1/verifications", json=body)).json()["handle"]

    return handle_of
