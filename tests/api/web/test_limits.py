from collections.abc import AsyncIterator

import httpx
import pytest
from sqlalchemy import event

from api.app import create_app
from api.settings import Settings
from tests.api.conftest import MovingClock, Talk, begin, serving


@pytest.fixture
async def client(settings: Settings, clock: MovingClock) -> AsyncIterator[httpx.AsyncClient]:
    async with serving(create_app(settings, clock)) as client:
        yield client


@pytest.fixture
async def full(client: httpx.AsyncClient) -> Talk:
    talk = await begin(client)
    del talk.headers["Prefer"]
    for _ in range(60):
        assert (await talk.send(text="こんにちは")).status_code == 202
    return talk


async def test_the_sixty_first_message_of_a_minute_is_put_off_with_a_time(full: Talk) -> None:
    answer = await full.send(text="こんにちは")
    assert (answer.status_code, answer.json()["error"]) == (429, "too_many_requests")
    assert 1 <= int(answer.headers["Retry-After"]) <= 61


async def test_a_minute_later_one_may_write_again(full: Talk, clock: MovingClock) -> None:
    clock.move(seconds=61)
    assert (await full.send(text="こんにちは")).status_code == 202


async def test_a_message_sent_again_does_not_count(full: Talk) -> None:
    assert (await full.send("1", text="こんにちは")).status_code == 202


async def test_other_people_are_served(full: Talk) -> None:
    assert (await (await begin(full.client)).send(text="こんにちは")).status_code in (200, 202)


async def test_who_does_not_wait_is_refused_without_a_look_into_the_database(full: Talk) -> None:
    await full.send(text="こんにちは")
    looked: list[object] = []
    engine = full.client._transport.app.state.services.database.engine.sync_engine
    event.listen(engine, "begin", looked.append)
    assert (await full.send(text="こんにちは")).status_code == 429
    assert looked == []
