"""What a person reads and staff see while Rasa is away: the whole gateway, no Rasa at all."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator

import pytest

from api.app import create_app
from api.settings import Settings
from tests.api.conftest import Talk, begin, serving
from tests.support.databases import needs_files
from tests.support.servers import free_port

pytestmark = needs_files

NOTE = "いま案内の一部が止まっているため、簡単な案内でお答えしました。"


@pytest.fixture
async def talk(settings: Settings) -> AsyncIterator[Talk]:
    nobody = f"http://127.0.0.1:{free_port()}"
    without = settings.model_copy(update={"engine": "rasa", "rasa_urls": [nobody]})
    async with serving(create_app(without)) as client:
        yield await begin(client)


async def replies(talk: Talk, text: str) -> list[dict]:
    answer = await talk.send(text=text)
    assert answer.status_code == 200, answer.text
    return answer.json()["replies"]


def tries(settings: Settings) -> list[int]:
    """Return how often the engine was asked for each message; a busy machine changes no count."""
    with sqlite3.connect(place(settings)) as database:
        return [claims for (claims,) in database.execute("select claims from inbox order by 1")]


def place(settings: Settings) -> str:
    return settings.database_url.removeprefix("sqlite+aiosqlite:///")


async def test_the_simple_answer_comes_within_five_seconds(talk: Talk, settings: Settings) -> None:
    """The tries come after 0.5, 1 and 2 seconds."""
    await replies(talk, "パスワードを忘れました")
    assert max(tries(settings)) <= 4


async def test_the_simple_answer_says_what_it_is_and_whom_to_call(talk: Talk) -> None:
    answer, note = await replies(talk, "パスワードを忘れました")
    assert answer["answer_id"] == "password_forgot"
    assert note["text"] == NOTE
    assert "0570-077450" in "".join(note["details"])


async def test_later_messages_are_answered_at_the_first_try(talk: Talk, settings: Settings) -> None:
    await replies(talk, "パスワードを忘れました")
    assert (await replies(talk, "アカウントがロックされました"))[0]["answer_id"] == "account_locked"
    assert min(tries(settings)) == 1


async def test_staff_see_that_keywords_answered(talk: Talk, settings: Settings) -> None:
    await replies(talk, "パスワードを忘れました")
    with sqlite3.connect(place(settings)) as database:
        kept = database.execute("select model_id, outcome, intent from inbox").fetchall()
    assert kept == [("keywords", "answered", "password_forgot")]


async def test_saying_it_again_does_not_repeat_the_note_of_an_hour_ago(talk: Talk) -> None:
    await replies(talk, "パスワードを忘れました")
    again = await replies(talk, "もう一度言って")
    assert [each["answer_id"] for each in again].count("standby_note") == 1


async def test_without_rasa_the_gateway_is_not_ready(talk: Talk) -> None:
    await replies(talk, "パスワードを忘れました")
    assert (await talk.client.get("/readyz")).status_code == 503


async def test_care_comes_at_the_first_try(talk: Talk, settings: Settings) -> None:
    (answer,) = await replies(talk, "もう死にたいです")
    assert answer["topics"] == ["distress"]
    assert tries(settings) == [1]


async def test_two_ask_at_the_same_time(talk: Talk) -> None:
    others = [await begin(talk.client) for _ in range(3)]
    heard = await asyncio.gather(*(replies(each, "求人が見つかりません") for each in others))
    assert {said[0]["answer_id"] for said in heard} == {"search_no_results"}
