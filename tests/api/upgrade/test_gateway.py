"""The gateway of today on the database of release 0.1.0."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from api.app import create_app
from api.review.conversations.filters import Filters
from api.settings import Settings
from tests.api.conftest import Talk, serving
from tests.api.upgrade.conftest import TOKEN

SAID = "むかしの質問です。パスワードを忘れました"


@pytest.fixture
async def app(settings: Settings) -> FastAPI:
    return create_app(settings)


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with serving(app) as client:
        yield client


@pytest.fixture
def talk(client: httpx.AsyncClient) -> Talk:
    return Talk(client, {"conversation_id": "c-old", "token": TOKEN})


async def answered(talk: Talk, message: str) -> list[dict]:
    """Return the replies to a message once there are some."""
    for _ in range(100):
        found = [each for each in await talk.history() if each.get("in_reply_to") == message]
        if found:
            return found
        await asyncio.sleep(0.1)
    raise AssertionError("no answer in time")


async def test_the_history_is_read_in_order(talk: Talk) -> None:
    texts = [each["text"] for each in await talk.history()]
    assert texts[:5] == [
        "こんにちは。案内ボットです。", SAID, "むかしの答えです。",
        "ロック", "結果は、確認した画面に表示しました。",
    ]  # fmt: skip


async def test_an_old_answer_keeps_details_links_and_source(talk: Talk) -> None:
    (answer,) = [each for each in await talk.history() if each["id"] == "r-1"]
    assert answer["details"] == ["くわしくはこちら。"]
    assert answer["links"][0]["label"] == "公式"
    assert answer["source"]["source_date"] == "2024-12"
    assert [choice["label"] for choice in answer["choices"]] == ["ロックされた", "登録の種類の違い"]


async def test_what_the_old_release_left_unanswered_is_answered(talk: Talk) -> None:
    (answer,) = await answered(talk, "m-3")
    assert answer["topics"] == ["account_locked"]


async def test_the_talk_goes_on(talk: Talk) -> None:
    answer = (await talk.send("new", text="求人が見つかりません")).json()
    assert answer["replies"][0]["topics"] == ["search_no_results"]


async def test_an_old_button_still_works(talk: Talk) -> None:
    answer = (await talk.send("tapped", choice_id="k-2")).json()
    assert answer["replies"][0]["topics"] == ["registration_difference"]


async def test_a_message_of_then_sent_again_gets_its_old_answer(talk: Talk) -> None:
    event = (await talk.history())[1]["id"]
    again = (await talk.send("1", text=SAID)).json()
    assert again["message_id"] == event
    assert [each["text"] for each in again["replies"]] == ["むかしの答えです。"]


async def test_a_wrong_token_still_opens_nothing(talk: Talk) -> None:
    talk.headers["Authorization"] = "Bearer wrong"
    assert (await talk.client.get(talk.path, headers=talk.headers)).status_code == 401


async def test_staff_find_what_was_said_then(talk: Talk, app: FastAPI) -> None:
    review = app.state.services.review
    await review.digests.step()
    listed = await review.reading.listed(Filters(q="むかしの質問"), "s-test")
    assert [each.conversation_id for each in listed.digests] == ["c-old"]


async def test_an_old_conversation_can_be_erased(talk: Talk) -> None:
    path = talk.path.removesuffix("/messages")
    answer = await talk.client.delete(path, headers=talk.headers)
    assert answer.json()["receipt"].startswith("HB-")
    assert (await talk.client.get(talk.path, headers=talk.headers)).status_code == 401
