"""LINE: one free reply for one message, once, whatever LINE sends twice or loses."""

import asyncio
import json
from datetime import timedelta

import pytest

from api.chat.inbox.limits import MessageLimit
from tests.api.channels.conftest import Bot
from tests.fakes.line import LineUser

QUESTION = "ワンタイムパスワードが届きません"


def words(entry: dict) -> str:
    return "\n".join(message["text"] for message in entry["body"])


def buttons(entry: dict) -> dict[str, str]:
    items = entry["body"][-1].get("quickReply", {}).get("items", [])
    return {item["action"]["label"]: item["action"]["data"] for item in items}


async def ask(bot: Bot, user: LineUser, *events: dict) -> list[dict]:
    answer = await user.deliver(*events, client=bot.client)
    assert answer.status_code == 200
    await bot.idle()
    return user.line.accepted


async def test_a_question_gets_one_reply_and_no_push(bot: Bot, user: LineUser) -> None:
    said = await ask(bot, user, user.text(QUESTION))
    assert [entry["kind"] for entry in said] == ["reply"]
    assert user.line.calls["/v2/bot/message/push"] == 0


async def test_the_first_answer_says_that_this_is_not_official(bot: Bot, user: LineUser) -> None:
    said = await ask(bot, user, user.text(QUESTION))
    assert "公式サービスではありません" in words(said[0])


async def test_that_is_said_once(bot: Bot, user: LineUser) -> None:
    await ask(bot, user, user.text(QUESTION))
    said = await ask(bot, user, user.text("パスワードを忘れました"))
    assert "公式サービスではありません" not in words(said[1])


async def test_a_button_is_answered(bot: Bot, user: LineUser) -> None:
    said = await ask(bot, user, user.text("メニュー"))
    data = next(iter(buttons(said[0]).values()))
    said = await ask(bot, user, user.event("postback", postback={"data": data}))
    assert [entry["kind"] for entry in said] == ["reply", "reply"]


async def test_a_strange_button_gets_a_kind_sentence(bot: Bot, user: LineUser) -> None:
    said = await ask(bot, user, user.event("postback", postback={"data": "choice:k-none"}))
    assert "そのボタンは、もう使えません" in words(said[0])


async def test_redelivery_is_answered_once(bot: Bot, user: LineUser) -> None:
    event = user.text(QUESTION)
    await ask(bot, user, event)
    event["deliveryContext"]["isRedelivery"] = True
    assert len(await ask(bot, user, event)) == 1


async def test_five_copies_at_once_are_answered_once(bot: Bot, user: LineUser) -> None:
    event = user.text(QUESTION)
    sending = (user.deliver(event, client=bot.client) for _ in range(5))
    assert {answer.status_code for answer in await asyncio.gather(*sending)} == {200}
    await bot.idle()
    assert len(user.line.accepted) == 1


async def test_no_events_are_fine(bot: Bot, user: LineUser) -> None:
    assert (await user.deliver(client=bot.client)).status_code == 200


async def test_an_odd_event_costs_no_other(bot: Bot, user: LineUser) -> None:
    odd = [None, 7, {}, {"type": 3}, {"type": "message", "source": "x"}]
    assert len(await ask(bot, user, *odd, user.text(QUESTION), {"type": "new"})) == 1


async def test_messages_in_the_wrong_order_are_answered_in_the_right_one(
    bot: Bot, user: LineUser
) -> None:
    bot.services.platforms.reception._settle = timedelta(seconds=1)
    first, second = user.text("パスワードを忘れました"), user.text(QUESTION)
    first["timestamp"] -= 900
    await user.deliver(second, client=bot.client)
    said = await ask(bot, user, first)
    assert [entry["to"] for entry in said] == [first["webhookEventId"], second["webhookEventId"]]


KINDS = {
    "sticker": "スタンプ",
    "image": "見られません",
    "video": "見られません",
    "audio": "聞けません",
    "location": "場所",
    "file": "ファイル",
    "hologram": "読み取れません",
}


@pytest.mark.parametrize("kind", KINDS)
async def test_what_has_no_words_gets_a_kind_answer(bot: Bot, user: LineUser, kind: str) -> None:
    message = {"id": f"1{kind}", "type": kind, "title": "ひみつ", "address": "ひみつ"}
    said = await ask(bot, user, user.event("message", message=message))
    assert KINDS[kind] in words(said[0])


async def test_a_new_friend_is_greeted(bot: Bot, user: LineUser) -> None:
    said = await ask(bot, user, user.event("follow", follow={"isUnblocked": False}))
    assert "公式サービスではありません" in words(said[0])
    assert len(said[0]["body"]) == 1


async def test_whoever_leaves_is_forgotten(bot: Bot, user: LineUser) -> None:
    await ask(bot, user, user.text(QUESTION))
    await ask(bot, user, user.event("unfollow"))
    assert await bot.rows("select 1 from inbox union all select 1 from conversations") == []


async def test_a_message_taken_back_has_no_words_any_more(bot: Bot, user: LineUser) -> None:
    event = user.text("ひみつのはなし、パスワードを忘れました")
    await ask(bot, user, event)
    unsend = user.event("unsend", unsend={"messageId": event["message"]["id"]})
    await ask(bot, user, unsend)
    assert await bot.rows("select 1 from inbox where text like '%ひみつ%'") == []


async def test_staff_find_nothing_of_a_message_taken_back(bot: Bot, user: LineUser) -> None:
    event = user.text("ひみつのはなし、パスワードを忘れました")
    await ask(bot, user, event)
    while await bot.services.review.digests.step():
        pass
    assert await bot.rows("select 1 from digests where first_text like '%ひみつ%'")
    await ask(bot, user, user.event("unsend", unsend={"messageId": event["message"]["id"]}))
    assert await bot.rows("select 1 from digests where first_text like '%ひみつ%'") == []
    assert await bot.rows("select 1 from search_messages") == []


async def test_a_message_taken_back_before_it_came_is_not_written_down(
    bot: Bot, user: LineUser
) -> None:
    await ask(bot, user, user.text(QUESTION))
    event = user.text("ひみつのはなし")
    await ask(bot, user, user.event("unsend", unsend={"messageId": event["message"]["id"]}))
    said = await ask(bot, user, event)
    assert len(said) == 1
    assert await bot.rows("select 1 from inbox where text like '%ひみつ%'") == []


async def test_a_conversation_is_erased_by_its_button(bot: Bot, user: LineUser) -> None:
    await ask(bot, user, user.text(QUESTION))
    said = await ask(bot, user, user.event("postback", postback={"data": "erase"}))
    assert "会話の記録を消しました" in words(said[-1])
    assert await bot.rows("select 1 from inbox where text is not null") == []


async def test_an_erasing_tap_that_comes_twice_erases_once(bot: Bot, user: LineUser) -> None:
    tap = user.event("postback", postback={"data": "erase"})
    await ask(bot, user, tap)
    await ask(bot, user, user.text(QUESTION))
    await ask(bot, user, tap)
    assert len(await bot.rows("select 1 from inbox where text is not null")) == 1


async def test_a_group_hears_nothing_unless_it_calls_us(bot: Bot, user: LineUser) -> None:
    user.source = {"type": "group", "groupId": "C" + "1" * 32, "userId": user.id}
    assert await ask(bot, user, user.text(QUESTION)) == []
    assert await bot.rows("select 1 from inbox") == []


async def test_a_group_that_calls_us_is_answered(bot: Bot, user: LineUser) -> None:
    user.source = {"type": "group", "groupId": "C" + "1" * 32, "userId": user.id}
    named = {"mentionees": [{"index": 0, "length": 3, "type": "user", "isSelf": True}]}
    said = await ask(bot, user, user.text(f"@🤖 {QUESTION}", mention=named))
    assert len(said) == 1
    assert await bot.rows("select text from inbox") == [(QUESTION,)]


async def test_joining_a_group_is_answered_kindly(bot: Bot, user: LineUser) -> None:
    user.source = {"type": "group", "groupId": "C" + "2" * 32}
    assert "呼んでくださったとき" in words((await ask(bot, user, user.event("join")))[0])


async def test_in_standby_another_speaks(bot: Bot, user: LineUser) -> None:
    assert await ask(bot, user, {**user.text(QUESTION), "mode": "standby"}) == []


async def test_the_tables_know_nobody_by_name(bot: Bot, user: LineUser, tmp_path: object) -> None:
    await ask(bot, user, user.text(QUESTION))
    dump = json.dumps([*map(str, await bot.rows("select * from conversations, inbox, outbox"))])
    assert user.id not in dump
    assert "token-" not in dump


async def test_the_way_back_is_forgotten_with_the_delivery(bot: Bot, user: LineUser) -> None:
    await ask(bot, user, user.text(QUESTION))
    assert await bot.rows("select return_address from inbox") == [(None,)]


async def test_personal_data_is_masked_on_the_way_in(bot: Bot, user: LineUser) -> None:
    await ask(bot, user, user.text("taro@example.co.jp に届きません"))
    assert await bot.rows("select 1 from inbox where text like '%taro%'") == []


async def test_who_returns_from_the_form_hears_where_the_result_is(
    bot: Bot, user: LineUser
) -> None:
    said = await ask(bot, user, user.text("戻りました"))
    assert "結果は、開いた画面に表示しました" in words(said[0])


async def test_a_flood_is_asked_once_to_slow_down(bot: Bot, user: LineUser) -> None:
    bot.services.inbox._limit = MessageLimit(most=3)
    await ask(bot, user, *(user.text("こんにちは") for _ in range(9)))
    slowed = [entry for entry in user.line.accepted if "続けて届いた" in words(entry)]
    assert len(slowed) == 1


async def test_texts_too_long_and_empty_get_kind_words(bot: Bot, user: LineUser) -> None:
    said = await ask(bot, user, user.text("あ" * 1001), user.text("  "))
    assert "1,000文字" in words(said[0])
    assert "何も書かれていない" in words(said[1])
