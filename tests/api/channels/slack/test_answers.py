"""Slack: one answer for one message, in its thread, with buttons that go once tapped."""

import asyncio
import json
from typing import Any

import pytest

from tests.api.channels.conftest import Bot
from tests.fakes.slack import SlackUser

QUESTION = "ワンタイムパスワードが届きません"


def words(blocks: list[dict[str, Any]]) -> str:
    return json.dumps(blocks, ensure_ascii=False)


def buttons(post: dict[str, Any]) -> dict[str, str]:
    elements = [each for block in post["blocks"] for each in block.get("elements", [])]
    return {each["text"]["text"]: each["value"] for each in elements if "value" in each}


async def ask(bot: Bot, member: SlackUser, *envelopes: dict[str, Any]) -> list[dict[str, Any]]:
    for envelope in envelopes:
        answer = await member.deliver(envelope, client=bot.client)
        assert answer.status_code == 200
    await bot.idle()
    return list(member.slack.posts.values())[-len(member.slack.accepted) or None :]


async def test_the_address_is_confirmed(bot: Bot, member: SlackUser) -> None:
    answer = await member.deliver({"type": "url_verification", "challenge": "x"}, client=bot.client)
    assert answer.json() == {"challenge": "x"}


async def test_only_slack_has_its_address_confirmed(bot: Bot, member: SlackUser) -> None:
    asked = {"type": "url_verification", "challenge": "x"}
    answer = await member.deliver(asked, client=bot.client, at=1.0)
    assert answer.status_code == 401
    assert "x" not in answer.json().values()


async def test_a_direct_message_gets_one_answer(bot: Bot, member: SlackUser) -> None:
    posts = await ask(bot, member, member.text(QUESTION))
    assert len(member.slack.accepted) == 1
    assert posts[-1]["channel"] == member.direct


@pytest.mark.parametrize("reason", ["http_timeout", "http_error", "connection_failed"])
async def test_retries_are_answered_once(bot: Bot, member: SlackUser, reason: str) -> None:
    envelope = member.text(QUESTION)
    for number in "123":
        headers = {"X-Slack-Retry-Num": number, "X-Slack-Retry-Reason": reason}
        await member.deliver(envelope, client=bot.client, **headers)
    await bot.idle()
    assert len(member.slack.accepted) == 1


async def test_a_mention_in_a_direct_message_is_answered_once(bot: Bot, member: SlackUser) -> None:
    said = member.text(f"<@UBOT> {QUESTION}")
    named = member.text(f"<@UBOT> {QUESTION}", ts=said["event"]["ts"], type="app_mention")
    await asyncio.gather(*(member.deliver(each, client=bot.client) for each in (said, named)))
    await bot.idle()
    assert len(member.slack.accepted) == 1


async def test_an_answer_stands_in_the_thread_of_its_question(bot: Bot, member: SlackUser) -> None:
    envelope = member.mention(QUESTION)
    posts = await ask(bot, member, envelope)
    assert posts[-1]["thread_ts"] == envelope["event"]["ts"]


async def test_a_thread_is_one_conversation_and_another_is_another(
    bot: Bot, member: SlackUser
) -> None:
    first = member.mention(QUESTION)
    more = member.mention("パスワードを忘れました", thread_ts=first["event"]["ts"])
    await ask(bot, member, first, more, member.mention(QUESTION))
    counts = await bot.rows("select count(*) from inbox group by conversation_id order by 1")
    assert counts == [(1,), (2,)]


async def test_who_is_named_is_not_part_of_the_question(bot: Bot, member: SlackUser) -> None:
    await ask(bot, member, member.mention(f"{QUESTION} &amp; <https://x.example|みて>"))
    assert await bot.rows("select text from inbox") == [(f"{QUESTION} & みて",)]


async def test_a_mail_address_that_slack_made_a_link_of_is_masked(
    bot: Bot, member: SlackUser
) -> None:
    await ask(bot, member, member.text("<mailto:taro@example.co.jp|taro@example.co.jp> に届かない"))
    assert await bot.rows("select 1 from inbox where text like '%taro%'") == []


NOT_FOR_US = {
    "a bot": {"bot_id": "B1"},
    "slackbot": {"user": "USLACKBOT"},
    "nobody": {"user": ""},
    "an edit": {"subtype": "message_changed"},
    "a deletion": {"subtype": "message_deleted"},
    "a broadcast": {"subtype": "thread_broadcast"},
    "a channel without a mention": {"channel_type": "channel", "channel": "C1"},
}


@pytest.mark.parametrize("case", NOT_FOR_US)
async def test_what_is_not_for_us_is_left_alone(bot: Bot, member: SlackUser, case: str) -> None:
    await ask(bot, member, member.text(QUESTION, **NOT_FOR_US[case]))
    assert member.slack.accepted == []


async def test_a_button_is_answered_and_goes(bot: Bot, member: SlackUser) -> None:
    post = (await ask(bot, member, member.text("メニュー")))[-1]
    label, value = next(iter(buttons(post).items()))
    await member.tap(post, value, client=bot.client)
    await bot.idle()
    assert len(member.slack.accepted) == 2
    assert buttons(member.slack.posts[post["ts"]]) == {}
    assert f"✓ {label}" in words(member.slack.posts[post["ts"]]["blocks"])


async def test_one_tap_sent_twice_is_answered_once(bot: Bot, member: SlackUser) -> None:
    post = (await ask(bot, member, member.text("メニュー")))[-1]
    payload = member.tapping(post, next(iter(buttons(post).values())))
    member.tapping = lambda *_: payload  # type: ignore[method-assign]
    for _ in range(2):
        await member.tap(post, "", client=bot.client)
    await bot.idle()
    assert len(member.slack.accepted) == 2


async def test_one_button_tapped_by_two_people_is_answered_twice(
    bot: Bot, member: SlackUser
) -> None:
    post = (await ask(bot, member, member.mention("メニュー")))[-1]
    payload = member.tapping(post, next(iter(buttons(post).values())))
    other = {**payload, "user": {"id": "UOTHER"}}
    for each in (payload, other):
        await member.deliver_tap(each, client=bot.client)
        await bot.idle()
    assert len(member.slack.accepted) == 3


async def test_the_button_that_erases_goes_with_what_stood_above_it(
    bot: Bot, member: SlackUser
) -> None:
    post = (await ask(bot, member, member.text("会話の記録を消してください")))[-1]
    label, value = next(each for each in buttons(post).items() if each[1] == "erase")
    await member.tap(post, value, client=bot.client)
    await bot.idle()
    left = member.slack.posts[post["ts"]]
    assert buttons(left) == {}
    assert [block["type"] for block in left["blocks"]] == ["context"]
    assert f"✓ {label}" in words(left["blocks"])
    assert "会話の記録を消しました" in words(member.slack.accepted[-1:])


async def test_nobody_is_called_by_what_a_person_writes(bot: Bot, member: SlackUser) -> None:
    await ask(bot, member, member.text("<!channel> <!here> &lt;!channel&gt;"))
    assert "<!" not in words([member.slack.accepted[0]])
    kinds = {block["text"]["type"] for block in member.slack.accepted[0]["body"] if "text" in block}
    assert kinds == {"plain_text"}


async def test_a_limit_is_waited_for(bot: Bot, member: SlackUser) -> None:
    member.slack.faults.append("limit")
    await ask(bot, member, member.text(QUESTION))
    assert len(member.slack.accepted) == 1
    assert await bot.rows("select attempts, doubtful from outbox") == [(1, 0)]


async def test_the_link_to_the_form_is_for_one_person(bot: Bot, member: SlackUser) -> None:
    await ask(bot, member, member.mention("アカウントがロックされているか調べて"))
    (alone,) = member.slack.ephemeral
    assert alone["user"] == member.id
    assert "/verify/" in words(alone["blocks"])
    assert "/verify/" not in words(member.slack.accepted)


async def test_a_file_gets_a_kind_answer(bot: Bot, member: SlackUser) -> None:
    envelope = member.text("", subtype="file_share", files=[{"id": "F1"}])
    await ask(bot, member, envelope)
    assert "ファイルは、こちらでは開けません" in words(member.slack.accepted)
