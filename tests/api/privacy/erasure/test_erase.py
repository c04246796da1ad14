"""A conversation taken back is in no file any more."""

import re
from pathlib import Path

import httpx
import pytest

from api.settings import Settings
from tests.api.conftest import Talk, begin
from tests.support.databases import needs_files

TELLING = "ひみつのはなしをしました、パスワードを忘れました"


def files(settings: Settings) -> list[Path]:
    place = Path(settings.database_url.removeprefix("sqlite+aiosqlite:///"))
    return list(place.parent.glob(place.name + "*"))


async def erase(talk: Talk) -> httpx.Response:
    return await talk.client.delete(talk.path.removesuffix("/messages"), headers=talk.headers)


@pytest.fixture
async def telling(talk: Talk) -> Talk:
    reply = await talk.ask(TELLING)
    path = talk.path.removesuffix("messages") + f"replies/{reply['id']}/feedback"
    await talk.client.post(path, json={"solved": True, "comment": "ひみつ"}, headers=talk.headers)
    return talk


async def test_erasing_gives_a_receipt(telling: Talk) -> None:
    assert re.fullmatch(r"HB-\w{4}-\w{4}", (await erase(telling)).json()["receipt"])


@needs_files
async def test_the_words_were_in_a_file_before(telling: Talk, settings: Settings) -> None:
    assert any("ひみつ".encode() in path.read_bytes() for path in files(settings))


@needs_files
async def test_the_words_are_in_no_file_afterwards(telling: Talk, settings: Settings) -> None:
    await erase(telling)
    assert not any("ひみつ".encode() in path.read_bytes() for path in files(settings))


async def test_the_token_opens_nothing_afterwards(telling: Talk) -> None:
    await erase(telling)
    assert (await telling.client.get(telling.path, headers=telling.headers)).status_code == 401


async def test_other_conversations_stay(telling: Talk) -> None:
    other = await begin(telling.client)
    await other.ask("こんにちは")
    await erase(telling)
    assert len(await other.history()) == 3


async def test_nobody_erases_another_conversation(telling: Talk) -> None:
    other = await begin(telling.client)
    telling.headers = other.headers
    assert (await erase(telling)).status_code == 401
