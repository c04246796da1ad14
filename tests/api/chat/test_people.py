"""Somebody on another platform has one conversation, until it is forgotten."""

import asyncio

from sqlalchemy import text

from tests.api.chat.conftest import Core


async def known(core: Core) -> list[str]:
    async with core.services.database.reading() as session:
        return [*(await session.scalars(text("select conversation_id from people"))).all()]


async def test_two_first_messages_at_once_begin_one_conversation(core: Core) -> None:
    begin = core.services.conversations.begin
    begun = await asyncio.gather(*(begin("line", "key", "sealed") for _ in range(5)))
    assert {each.id for each in begun} == {*await known(core)}


async def test_each_person_has_their_own(core: Core) -> None:
    conversations = core.services.conversations
    first = await conversations.begin("line", "key", "sealed")
    second = await conversations.begin("line", "another", "sealed")
    assert {first.id, second.id} == {*await known(core)}
    assert (found := await conversations.of_person("another"))
    assert found.id == second.id


async def test_who_is_forgotten_is_led_nowhere_and_begins_anew(core: Core) -> None:
    conversations = core.services.conversations
    before = await conversations.begin("line", "key", "sealed")
    await core.services.erasure.erase(before, at_once=False)
    assert await known(core) == []
    assert await conversations.of_person("key") is None
    assert (await conversations.begin("line", "key", "sealed")).id != before.id
