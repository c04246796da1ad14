"""What is said later stands later, though the machine's clock was set back meanwhile."""

from collections.abc import AsyncIterator

import httpx
import pytest

from api.app import create_app
from api.settings import Settings
from tests.api.conftest import MovingClock, Talk, serving

FIRST, SECOND = "ワンタイムパスワードが届きません", "パスワードを忘れました"


@pytest.fixture
async def client(settings: Settings, clock: MovingClock) -> AsyncIterator[httpx.AsyncClient]:
    async with serving(create_app(settings, clock)) as client:
        yield client


async def test_who_has_read_up_to_one_answer_is_told_of_the_next(
    talk: Talk, clock: MovingClock
) -> None:
    clock.move(seconds=10)
    before = await talk.ask(FIRST)
    clock.move(minutes=-6)
    answer = await talk.ask(SECOND)
    assert answer["id"] in {each["id"] for each in await talk.history(after=before["id"])}


async def test_a_persons_messages_stay_in_order(talk: Talk, clock: MovingClock) -> None:
    await talk.ask(FIRST)
    clock.move(minutes=-6)
    await talk.ask(SECOND)
    said = [each["text"] for each in await talk.history() if each["from"] == "person"]
    assert said == [FIRST, SECOND]
