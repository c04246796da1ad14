"""Slack hears yes or no within a second, whatever the database does."""

import pytest

from api.channels.slack import endpoints
from tests.api.channels.conftest import SLACK_PATIENCE, Bot
from tests.fakes.slack import SlackUser

QUESTION = "ワンタイムパスワードが届きません"


def test_nobody_waits_a_second_for_the_database() -> None:
    assert SLACK_PATIENCE < 1


async def test_a_message_that_cannot_be_written_in_time_is_a_503(
    bot: Bot, member: SlackUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endpoints, "_PATIENCE_SECONDS", 0.05)
    async with bot.services.database.transaction():
        answer = await member.deliver(member.text(QUESTION), client=bot.client)
    assert answer.status_code == 503
    await bot.until(lambda: len(member.slack.accepted) == 1)


async def test_a_tap_that_cannot_be_written_in_time_is_a_503(
    bot: Bot, member: SlackUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endpoints, "_PATIENCE_SECONDS", 0.05)
    post = {"ts": "1.2", "channel": member.direct}
    async with bot.services.database.transaction():
        answer = await member.tap(post, "choice:k-1", client=bot.client)
    assert answer.status_code == 503
    await bot.until(lambda: len(member.slack.accepted) == 1)
