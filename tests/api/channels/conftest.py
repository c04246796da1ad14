"""The gateway with LINE and Slack set up against the fakes."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from api import wiring
from api.app import create_app
from api.channels import intake
from api.settings import Settings
from api.wiring import Services
from tests.api.conftest import serving
from tests.fakes import line as fake_line
from tests.fakes import slack as fake_slack
from tests.fakes.line import FakeLine, LineUser
from tests.fakes.slack import FakeSlack, SlackUser


@pytest.fixture(scope="session", autouse=True)
def read_once() -> Iterator[None]:
    """Nobody here changes the catalogue: reading it once saves a third of a second a test."""
    catalogue = wiring.load_catalogue()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wiring, "load_catalogue", lambda: catalogue)
        # A busy machine is no broken database.
        patch.setattr(intake, "_PATIENCE_SECONDS", 15.0)
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


@pytest.fixture
def settings(settings: Settings, line: FakeLine, slack: FakeSlack) -> Settings:
    return Settings(
        **settings.model_dump() | {
            "line_channel_secret": fake_line.SECRET,
            "line_channel_access_token": fake_line.TOKEN,
            "line_api_base": line.url,
            "slack_signing_secret": fake_slack.SECRET,
            "slack_bot_token": fake_slack.TOKEN,
            "slack_api_base": f"{slack.url}/api",
            "settle_seconds": 0.05,
        }
    )  # fmt: skip


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

    async def idle(self) -> None:
        """Return once everything that came in was answered and delivered."""
        open_ones = (
            "select 1 from inbox where status != 'done' union all "
            "select 1 from outbox where delivered_at is null and failed_at is null"
        )
        deadline = time.monotonic() + 60
        while await self.rows(open_ones):
            assert time.monotonic() < deadline, "not in time"
            await asyncio.sleep(0.02)


@pytest.fixture
async def bot(settings: Settings) -> AsyncIterator[Bot]:
    app = create_app(settings)
    async with serving(app) as client:
        yield Bot(client, app.state.services)


@pytest.fixture
def user(line: FakeLine) -> LineUser:
    return LineUser(line, "/channels/line/webhook")


@pytest.fixture
def member(slack: FakeSlack) -> SlackUser:
    return SlackUser(slack, "")
