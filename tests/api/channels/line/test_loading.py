"""The loading animation is there to help: where it fails, the answer comes all the same."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest

from api.channels.line import loading
from api.chat.outbox.delivery import TryAgain
from tests.api.channels.conftest import Bot
from tests.fakes.line import LineUser

LOADING = "/v2/bot/chat/loading/start"


@pytest.fixture
def waits(bot: Bot) -> None:
    """Let an answer come after three seconds: the animation begins after two."""
    bot.services.platforms.reception._settle = timedelta(seconds=3)


@pytest.mark.usefixtures("waits")
@pytest.mark.parametrize("fault", ["fail", "limit", "hang"])
async def test_an_animation_that_fails_neither_delays_nor_changes_the_answer(
    bot: Bot, user: LineUser, fault: str
) -> None:
    user.line.faults.append(fault)
    began = time.time()
    await user.deliver(user.text("パスワードを忘れました"), client=bot.client)
    await bot.idle()
    assert user.line.calls[LOADING] == 1
    (said,) = user.line.accepted
    assert said["kind"] == "reply"
    # Two seconds until the animation and five until that is given up.
    assert said["at"] - began < 6.5
    await bot.until(lambda: fault != "hang" or time.time() - began > 8)


@pytest.mark.usefixtures("waits")
async def test_it_is_tried_once_for_each_wait(bot: Bot, user: LineUser) -> None:
    user.line.faults.append("fail")
    await user.deliver(user.text("パスワードを忘れました"), client=bot.client)
    await bot.idle()
    assert user.line.calls[LOADING] == 1


class Hanging:
    """An API that answers nobody before `people` have been shown the animation."""

    def __init__(self, people: int) -> None:
        self.people, self.shown, self._all = people, [], asyncio.Event()

    async def show_loading(self, chat_id: str) -> None:
        self.shown.append(chat_id)
        if len(self.shown) == self.people:
            self._all.set()
        await self._all.wait()
        raise TryAgain("TimeoutError", taken=True)


@pytest.mark.usefixtures("waits")
async def test_one_that_hangs_keeps_nobody_else_from_seeing_it(bot: Bot, user: LineUser) -> None:
    people = [user, LineUser(user.line, user.webhook)]
    for each in people:
        await each.deliver(each.text("パスワードを忘れました"), client=bot.client)
    hanging, later = Hanging(len(people)), datetime.now(UTC) + timedelta(seconds=2.5)
    seal = bot.services.platforms.reception._seal
    watch = loading.Loading(bot.services.database, seal, hanging, lambda: later)
    await asyncio.wait_for(watch._step(), 5)
    assert {each.id for each in people} == {*hanging.shown}
