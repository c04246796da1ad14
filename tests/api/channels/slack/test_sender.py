"""Slack: what may have been posted is looked for before it is posted again."""

from tests.api.channels.conftest import Bot
from tests.fakes.slack import SlackUser


async def ask(bot: Bot, member: SlackUser, *faults: str) -> int:
    member.slack.faults.extend(faults)
    await member.deliver(member.mention("パスワードを忘れました"), client=bot.client)
    await bot.idle()
    return len(member.slack.accepted)


async def test_a_post_that_slack_took_without_saying_so_is_not_repeated(
    bot: Bot, member: SlackUser
) -> None:
    assert await ask(bot, member, "lose") == 1


async def test_a_post_that_failed_is_posted_again(bot: Bot, member: SlackUser) -> None:
    assert await ask(bot, member, "fail") == 1
