"""The gateway with LINE and Slack set up against the fakes."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from pytest_asyncio import is_async_test
from sqlalchemy import text

from api import wiring
from api.app import create_app
from api.channels import intake
from api.channels.slack import endpoints as slack_endpoints
from api.chat.inbox.limits import MessageLimit
from api.kit.database import Database
from api.privacy.erasure.repository import ErasureRepository
from api.settings import Settings
from api.wiring import Services
from tests.api.conftest import serving
from tests.fakes import line as fake_line
from tests.fakes import slack as fake_slack
from tests.fakes.line import FakeLine, LineUser
from tests.fakes.slack import FakeSlack, SlackUser
from tests.support.databases import Databases
from tests.support.servers import TOKEN

SETTLE = timedelta(seconds=0.05)
LINE_PATIENCE, SLACK_PATIENCE = intake._PATIENCE_SECONDS, slack_endpoints._PATIENCE_SECONDS


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let all tests here share one event loop, because they share a gateway."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent) and is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest.fixture(scope="session", autouse=True)
def read_once() -> Iterator[None]:
    """Nobody here changes the catalogue: reading it once saves a third of a second a test."""
    catalogue = wiring.load_catalogue()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wiring, "load_catalogue", lambda: catalogue)
        # A busy machine is no broken database.
        for module in (intake, slack_endpoints):
            patch.setattr(module, "_PATIENCE_SECONDS", 15.0)
        yield


@pytest.fixture(scope="session")
def line_server() -> Iterator[FakeLine]:
    with FakeLine().serving() as fake:
        yield fake


@pytest.fixture(scope="session")
def slack_server() -> Iterator[FakeSlack]:
    with FakeSlack().serving() as fake:
        yield fake


def cleared(fake: Any) -> Any:
    fake.calls.clear()
    fake.faults.clear()
    fake.retry_after = 1
    for log in (fake.accepted, fake.refused, getattr(fake, "ephemeral", [])):
        log.clear()
    return fake


@pytest.fixture
def line(line_server: FakeLine) -> FakeLine:
    return cleared(line_server)


@pytest.fixture
def slack(slack_server: FakeSlack) -> FakeSlack:
    slack_server.a_second = 0
    return cleared(slack_server)


@pytest.fixture(scope="session")
def settings(
    migrated: Databases,
    tmp_path_factory: pytest.TempPathFactory,
    line_server: FakeLine,
    slack_server: FakeSlack,
) -> Settings:
    return Settings(
        database_url=migrated.copy(tmp_path_factory.mktemp("channels")),
        engine="keyword",
        rasa_token=TOKEN,
        accounts_token=TOKEN,
        link_secret=TOKEN,
        public_url="http://bot.test",
        line_channel_secret=fake_line.SECRET,
        line_channel_access_token=fake_line.TOKEN,
        line_api_base=line_server.url,
        slack_signing_secret=fake_slack.SECRET,
        slack_bot_token=fake_slack.TOKEN,
        slack_api_base=f"{slack_server.url}/api",
        settle_seconds=SETTLE.total_seconds(),
    )


class Bot:
    """The gateway in this process, its tables and its addresses."""

    def __init__(self, client: httpx.AsyncClient, services: Services) -> None:
        self.client, self.services = client, services

    async def rows(self, query: str) -> list[Any]:
        async with self.services.database.reading() as session:
            return [*(await session.execute(text(query))).all()]

    async def until(self, true: Callable[[], bool], seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < deadline, "not in time"
            await asyncio.sleep(0.02)

    @asynccontextmanager
    async def locked(self) -> AsyncIterator[None]:
        """Hold the database as another process does: nobody else writes in the meantime."""
        other = Database(self.services.settings.database_url)
        async with other.transaction() as session:
            # Nothing is begun before the first statement.
            await session.execute(text("select 1"))
            yield
        await other.close()

    async def idle(self) -> None:
        """Return once everything that came in was answered and delivered."""
        open_ones = (
            "select 1 from inbox where status != 'done' union all "
            "select 1 from outbox where delivered_at is null and failed_at is null"
        )
        # What was told to come again may still be written.
        await self.until(lambda: not intake._UNDER_WAY)
        deadline = time.monotonic() + 60
        while await self.rows(open_ones):
            assert time.monotonic() < deadline, "not in time"
            await asyncio.sleep(0.02)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def gateway(settings: Settings) -> AsyncIterator[Bot]:
    """One gateway for all tests here: starting one costs more than a test."""
    app = create_app(settings)
    async with serving(app) as client:
        yield Bot(client, app.state.services)


@pytest_asyncio.fixture(loop_scope="session")
async def bot(gateway: Bot, line: FakeLine, slack: FakeSlack) -> AsyncIterator[Bot]:
    """Yield the gateway with empty tables, set as it was."""
    gateway.services.platforms.reception._settle = SETTLE
    gateway.services.inbox._limit = MessageLimit()
    yield gateway
    await gateway.idle()
    async with gateway.services.database.transaction() as session:
        erasures = ErasureRepository(session)
        for conversation in await erasures.conversations():
            await erasures.erase([conversation.id])
        await session.execute(text("delete from erasures"))


@pytest.fixture
def user(line: FakeLine) -> LineUser:
    return LineUser(line, "/channels/line/webhook")


@pytest.fixture
def member(slack: FakeSlack) -> SlackUser:
    return SlackUser(slack, "")
