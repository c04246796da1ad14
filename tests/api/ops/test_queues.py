"""What waits and what was given up is read from the tables, so every gateway says the same."""

import httpx
import pytest
from sqlalchemy import text

from api.app import create_app
from api.kit.database import Database
from api.settings import Settings
from tests.api.conftest import MovingClock, Talk, begin, serving
from tests.api.ops.conftest import Figures, page, value

QUESTION = "パスワードを忘れました"


@pytest.fixture
def idle(settings: Settings) -> Settings:
    """A gateway that only accepts."""
    return settings.model_copy(update={"worker": "off"})


async def write(settings: Settings, statement: str, **values: object) -> None:
    database = Database(settings.database_url)
    async with database.transaction() as session:
        await session.execute(text(statement), values)
    await database.close()


async def waiting(client: httpx.AsyncClient) -> Talk:
    talk = await begin(client)
    talk.headers.pop("Prefer")
    await talk.send(text=QUESTION)
    return talk


async def test_an_unanswered_message_is_in_the_queue(idle: Settings) -> None:
    async with serving(create_app(idle)) as client:
        await waiting(client)
        figures = await page(client)
    assert value(figures, "helpbot_queue_depth", box="inbox", channel="web") == 1


async def test_the_queue_tells_how_long_the_oldest_waits(
    idle: Settings, clock: MovingClock
) -> None:
    async with serving(create_app(idle, clock)) as client:
        await waiting(client)
        clock.move(seconds=70)
        await waiting(client)
        figures = await page(client)
    assert value(figures, "helpbot_queue_oldest_seconds", box="inbox", channel="web") == 70


async def test_an_empty_queue_says_zero(talk: Talk, figure: Figures) -> None:
    for box in ("inbox", "outbox"):
        assert await figure("helpbot_queue_depth", box=box, channel="web") == 0
        assert await figure("helpbot_queue_oldest_seconds", box=box, channel="web") == 0


async def test_two_gateways_say_the_same_of_one_queue(idle: Settings) -> None:
    async with serving(create_app(idle)) as one, serving(create_app(idle)) as other:
        await waiting(one)
        figures = await page(other)
    assert value(figures, "helpbot_queue_depth", box="inbox", channel="web") == 1


async def test_an_answer_that_has_not_gone_out_waits_in_the_outbox(
    talk: Talk, figure: Figures, settings: Settings
) -> None:
    await talk.ask(QUESTION)
    statement = "update outbox set delivered_at = null, not_before = '2999-01-01', channel = 'line'"
    await write(settings, statement)
    assert await figure("helpbot_queue_depth", box="outbox", channel="line") == 1


@pytest.mark.parametrize(("minutes", "shown"), [(59, 1), (61, 0)])
async def test_a_given_up_delivery_shows_for_an_hour(
    idle: Settings, clock: MovingClock, minutes: int, shown: int
) -> None:
    app = create_app(idle, clock)
    async with serving(app) as client:
        await waiting(client)
        message = await app.state.services.worker._leases.claim()
        await app.state.services.worker._answering.answer(message)
        given_up = "update outbox set delivered_at = null, failed_at = :at"
        await write(idle, given_up, at=str(clock().replace(tzinfo=None)))
        clock.move(minutes=minutes)
        assert value(await page(client), "helpbot_dead_letters", box="outbox") == shown


async def test_the_gateways_own_apology_is_a_dead_letter(
    idle: Settings, clock: MovingClock
) -> None:
    app = create_app(idle, clock)
    async with serving(app) as client:
        await waiting(client)
        worker = app.state.services.worker
        for _ in range(4):  # three workers die with it, the fourth gives up
            message = await worker._leases.claim()
            clock.move(seconds=10)
        await worker._answering.answer(message)
        figures = await page(client)
    assert value(figures, "helpbot_dead_letters", box="inbox") == 1


async def test_a_broken_database_shows_as_down_and_hides_nothing_else(
    talk: Talk, client: httpx.AsyncClient, settings: Settings
) -> None:
    await talk.ask(QUESTION)
    await page(client)
    await write(settings, "alter table inbox rename to lost")
    figures = await page(client)
    assert value(figures, "helpbot_database_up") == 0
    assert value(figures, "helpbot_queue_depth") is None
    assert value(figures, "helpbot_turns_total") == 1


async def test_readiness_is_a_figure(settings: Settings) -> None:
    down = settings.model_copy(update={"engine": "rasa", "rasa_urls": ["http://127.0.0.1:9"]})
    async with serving(create_app(down)) as client:
        assert value(await page(client), "helpbot_ready") == 0


async def test_a_question_that_rasa_does_not_answer_is_counted(settings: Settings) -> None:
    down = settings.model_copy(update={"engine": "rasa", "rasa_urls": ["http://127.0.0.1:9"]})
    async with serving(create_app(down)) as client:
        talk = await begin(client)
        talk.headers["Prefer"] = "wait=1"
        await talk.send(text=QUESTION)
        assert (value(await page(client), "helpbot_engine_failures_total") or 0) >= 1
