"""LINE: the free reply wherever it can be had, a push where not, and no answer twice or lost."""

from tests.api.channels.conftest import Bot
from tests.fakes.line import LineUser

QUESTION = "ワンタイムパスワードが届きません"


async def ask(bot: Bot, user: LineUser, *faults: str) -> list[str]:
    user.line.faults.extend(faults)
    await user.deliver(user.text(QUESTION), client=bot.client)
    await bot.idle()
    return [entry["kind"] for entry in user.line.accepted]


async def test_a_reply_that_failed_is_tried_again_under_its_token(bot: Bot, user: LineUser) -> None:
    assert await ask(bot, user, "fail") == ["reply"]


async def test_a_reply_that_line_took_without_saying_so_is_not_repeated(
    bot: Bot, user: LineUser
) -> None:
    assert await ask(bot, user, "lose") == ["reply"]
    assert await bot.rows("select way, doubtful from outbox") == [("reply", 0)]


async def test_a_token_that_is_gone_makes_a_push(bot: Bot, user: LineUser) -> None:
    event = user.text(QUESTION)
    user.line.tokens[event["replyToken"]].sent -= 21 * 60
    await user.deliver(event, client=bot.client)
    await bot.idle()
    assert [entry["kind"] for entry in user.line.accepted] == ["push"]
    assert await bot.rows("select way, doubtful from outbox") == [("push", 0)]


async def test_a_push_that_line_took_without_saying_so_is_not_repeated(
    bot: Bot, user: LineUser
) -> None:
    event = user.text(QUESTION)
    user.line.tokens[event["replyToken"]].used = True
    user.line.faults.extend(["", "lose"])
    await user.deliver(event, client=bot.client)
    await bot.idle()
    assert [entry["kind"] for entry in user.line.accepted] == ["push"]


async def test_a_push_that_failed_is_pushed_again(bot: Bot, user: LineUser) -> None:
    event = user.text(QUESTION)
    user.line.tokens[event["replyToken"]].used = True
    user.line.faults.extend(["", "fail"])
    await user.deliver(event, client=bot.client)
    await bot.idle()
    assert [entry["kind"] for entry in user.line.accepted] == ["push"]


async def test_a_wait_of_two_seconds_shows_the_animation(bot: Bot, user: LineUser) -> None:
    bot.services.platforms.reception._settle *= 60  # 3 seconds
    await ask(bot, user)
    assert user.line.calls["/v2/bot/chat/loading/start"] == 1


async def test_a_quick_answer_shows_none(bot: Bot, user: LineUser) -> None:
    await ask(bot, user)
    assert user.line.calls["/v2/bot/chat/loading/start"] == 0
