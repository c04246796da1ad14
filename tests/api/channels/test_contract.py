"""Another channel is an adapter, a sender, an endpoint and one line: nothing elsewhere changes."""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import httpx
import pytest
import pytest_asyncio
from fastapi import APIRouter, Request

from api.app import create_app
from api.channels.contract import Arrival, Channel, House, Kind, Parcel, Utterance, Way, tapped
from api.channels.intake import Intake
from api.chat.outbox.delivery import Delivered
from api.settings import Settings
from tests.api.channels.conftest import Bot
from tests.api.conftest import serving

SECRET = b"pigeon"


class PigeonAdapter:
    """A platform of pigeons: JSON with who, id, and words or a button."""

    def verify(self, raw: bytes, headers: Mapping[str, str], now: datetime) -> bool:
        wanted = hmac.new(SECRET, raw, hashlib.sha256).hexdigest()
        return hmac.compare_digest(wanted.encode(), headers.get("x-pigeon", "").encode())

    def parse(self, raw: bytes) -> list[Arrival]:
        letter = json.loads(raw)
        kind, content = Kind.TEXT, letter.get("words", "")
        if "button" in letter:
            kind, content = tapped(letter["button"])
        return [Arrival(letter["id"], letter["who"], kind, content, address={"to": letter["who"]})]

    def render(self, replies: Sequence[Utterance]) -> list[dict[str, Any]]:
        return [{"words": each.text, "buttons": [b.data for b in each.buttons]} for each in replies]


class PigeonSender:
    """Carries letters home."""

    def __init__(self) -> None:
        self.home: list[tuple[str, list[dict[str, Any]]]] = []

    async def send(self, parcel: Parcel) -> Delivered:
        self.home.append((parcel.address["to"], PigeonAdapter().render(parcel.replies)))
        return Delivered("pigeon")


router = APIRouter()


@router.post("/channels/pigeon/letters")
async def letters(request: Request) -> dict[str, str]:
    intake = Intake(request, "pigeon")
    await intake.take(await intake.checked())
    return {}


@pytest.fixture
def sender() -> PigeonSender:
    return PigeonSender()


@pytest_asyncio.fixture(loop_scope="session")
async def bot(settings: Settings, database_url: str, sender: PigeonSender) -> AsyncIterator[Bot]:
    def build(house: House) -> Way:
        return Way(PigeonAdapter(), sender)

    own = settings.model_copy(update={"database_url": database_url})
    app = create_app(own, channels=[Channel("pigeon", router, build)])
    async with serving(app) as client:
        yield Bot(client, app.state.services)


async def write(bot: Bot, **letter: str) -> httpx.Response:
    raw = json.dumps({"who": "anna", **letter}).encode()
    headers = {"x-pigeon": hmac.new(SECRET, raw, hashlib.sha256).hexdigest()}
    answer = await bot.client.post("/channels/pigeon/letters", content=raw, headers=headers)
    if answer.status_code == 200:
        await bot.idle()
    return answer


async def test_a_new_channel_is_answered(bot: Bot, sender: PigeonSender) -> None:
    await write(bot, id="1", words="ワンタイムパスワードが届きません")
    ((to, replies),) = sender.home
    assert to == "anna"
    assert "公式サービスではありません" in replies[0]["words"]


async def test_its_buttons_work(bot: Bot, sender: PigeonSender) -> None:
    await write(bot, id="1", words="メニュー")
    button = sender.home[0][1][-1]["buttons"][0]
    await write(bot, id="2", button=button)
    assert len(sender.home) == 2


async def test_it_has_the_house_remove_doubles(bot: Bot, sender: PigeonSender) -> None:
    await write(bot, id="1", words="こんにちは")
    await write(bot, id="1", words="こんにちは")
    assert len(sender.home) == 1


async def test_it_has_the_house_mask(bot: Bot) -> None:
    await write(bot, id="1", words="taro@example.co.jp に届きません")
    assert await bot.rows("select 1 from inbox where text like '%taro%'") == []


async def test_its_signature_is_checked_first(bot: Bot) -> None:
    raw = b"no json at all"
    answer = await bot.client.post(
        "/channels/pigeon/letters", content=raw, headers={"x-pigeon": "x"}
    )
    assert answer.status_code == 401


async def test_a_channel_that_is_not_set_up_is_not_there(settings: Settings) -> None:
    unset = {"line_channel_secret": None, "slack_bot_token": None}
    async with serving(create_app(settings.model_copy(update=unset))) as client:
        for path in ("line/webhook", "slack/events", "slack/interactions"):
            assert (await client.post(f"/channels/{path}", content=b"{}")).status_code == 404


async def test_a_database_that_keeps_us_waiting_is_a_503(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.channels.intake._PATIENCE_SECONDS", 0.05)
    async with bot.services.database.transaction():
        answer = await write(bot, id="1", words="こんにちは")
    assert answer.status_code == 503


async def test_beyond_a_handful_that_wait_the_next_is_refused_at_once(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.channels.intake._PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr("api.channels.intake._MOST_UNDER_WAY", 2)
    async with bot.services.database.transaction():
        for number in ("1", "2"):
            await write(bot, id=number, words="こんにちは")
        monkeypatch.setattr("api.channels.intake._PATIENCE_SECONDS", 60)
        answer = await write(bot, id="3", words="こんにちは")
    assert answer.status_code == 503


async def test_who_was_refused_is_taken_at_the_next_try(
    bot: Bot, sender: PigeonSender, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.channels.intake._MOST_UNDER_WAY", 0)
    await write(bot, id="1", words="こんにちは")
    monkeypatch.setattr("api.channels.intake._MOST_UNDER_WAY", 16)
    await write(bot, id="1", words="こんにちは")
    await bot.until(lambda: len(sender.home) == 1)


async def test_what_was_written_after_all_is_answered(
    bot: Bot, sender: PigeonSender, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.channels.intake._PATIENCE_SECONDS", 0.05)
    async with bot.services.database.transaction():
        await write(bot, id="1", words="こんにちは")
    await bot.until(lambda: len(sender.home) == 1)
