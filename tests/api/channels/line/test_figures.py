"""The figures tell a free reply from a push, which costs."""

from tests.api.channels.conftest import Bot
from tests.api.ops.conftest import page, value
from tests.fakes.line import LineUser

QUESTION = "ワンタイムパスワードが届きません"


async def counted(bot: Bot) -> dict[str, float]:
    text = await page(bot.client)
    return {
        way: value(text, "helpbot_deliveries_total", channel="line", way=way) or 0
        for way in ("reply", "push")
    }


async def test_a_reply_counts_as_a_reply(bot: Bot, user: LineUser) -> None:
    before = await counted(bot)
    await user.deliver(user.text(QUESTION), client=bot.client)
    await bot.idle()
    after = await counted(bot)
    assert (after["reply"] - before["reply"], after["push"] - before["push"]) == (1, 0)


async def test_an_answer_after_the_tokens_end_counts_as_a_push(bot: Bot, user: LineUser) -> None:
    before = await counted(bot)
    event = user.text(QUESTION)
    user.line.tokens.clear()
    await user.deliver(event, client=bot.client)
    await bot.idle()
    after = await counted(bot)
    assert (after["reply"] - before["reply"], after["push"] - before["push"]) == (0, 1)


async def test_something_ignored_is_counted_by_its_outcome(bot: Bot, user: LineUser) -> None:
    async def ignored() -> float:
        text = await page(bot.client)
        return value(text, "helpbot_turns_total", channel="line", outcome="ignored") or 0

    before = await ignored()
    bot.services.inbox._limit = type(bot.services.inbox._limit)(most=1)
    for _ in range(3):
        await user.deliver(user.text(QUESTION), client=bot.client)
    await bot.idle()
    assert await ignored() > before
