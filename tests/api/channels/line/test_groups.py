"""LINE's groups and rooms: one conversation each, spoken in when called, forgotten on leaving."""

import uuid

import pytest

from tests.api.channels.conftest import Bot
from tests.fakes.line import LineUser

PLACES = {"group": "groupId", "room": "roomId"}
NAMED = {"mentionees": [{"index": 0, "length": 3, "type": "user", "isSelf": True}]}
ROWS = "select 1 from inbox union all select 1 from conversations union all select 1 from people"


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest, user: LineUser) -> LineUser:
    """Somebody who writes in a group or room."""
    user.source = {"type": request.param, PLACES[request.param]: "C" + uuid.uuid4().hex}
    return user


async def call(bot: Bot, place: LineUser) -> None:
    event = place.text("@🤖 パスワードを忘れました", mention=NAMED)
    await place.deliver(event, client=bot.client)
    await bot.idle()


def leave(place: LineUser) -> dict:
    """Return LINE's event: nobody stands in it, and nothing can be answered."""
    event = place.event("leave")
    del event["replyToken"]
    return event


async def test_a_place_that_we_leave_is_forgotten(bot: Bot, place: LineUser) -> None:
    await call(bot, place)
    assert await bot.rows(ROWS)
    await place.deliver(leave(place), client=bot.client)
    await bot.idle()
    assert await bot.rows(ROWS) == []


async def test_leaving_is_answered_by_silence(bot: Bot, place: LineUser) -> None:
    await call(bot, place)
    await place.deliver(leave(place), client=bot.client)
    await bot.idle()
    assert len(place.line.accepted) == 1


async def test_leaving_a_place_forgets_no_other_talk(bot: Bot, place: LineUser) -> None:
    other = LineUser(place.line, place.webhook)
    await other.deliver(other.text("パスワードを忘れました"), client=bot.client)
    await call(bot, place)
    await place.deliver(leave(place), client=bot.client)
    await bot.idle()
    assert len(await bot.rows("select 1 from conversations")) == 1


async def test_leaving_where_nobody_ever_called_us_writes_nothing(
    bot: Bot, place: LineUser
) -> None:
    answer = await place.deliver(leave(place), client=bot.client)
    assert answer.status_code == 200
    assert await bot.rows(ROWS) == []


async def test_a_place_never_sees_the_loading_animation(bot: Bot, place: LineUser) -> None:
    bot.services.platforms.reception._settle *= 60  # 3 seconds
    await call(bot, place)
    assert len(place.line.accepted) == 1
    assert place.line.calls["/v2/bot/chat/loading/start"] == 0
