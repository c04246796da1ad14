"""Messages are numbered within their conversation, and events are known within it."""

import asyncio
from collections.abc import Sequence

from api.chat.conversations.models import Conversation
from api.chat.inbox.models import InboxMessage
from api.chat.inbox.repository import InboxRepository
from api.chat.inbox.service import Incoming
from tests.api.chat.conftest import Core


async def messages(core: Core, conversation: Conversation) -> Sequence[InboxMessage]:
    async with core.services.database.reading() as session:
        return await InboxRepository(session).of_conversation(conversation.id)


async def another(core: Core) -> Conversation:
    return (await core.services.conversations.open("web")).conversation


async def test_each_conversation_counts_for_itself(core: Core) -> None:
    other, accept = await another(core), core.services.inbox.accept
    for number, conversation in enumerate([core.conversation, other, core.conversation]):
        await accept(conversation, Incoming(f"e-{number}", "こんにちは"))
    assert [each.sequence for each in await messages(core, core.conversation)] == [1, 2]
    assert [each.sequence for each in await messages(core, other)] == [1]


async def test_what_comes_at_once_is_numbered_without_gap_or_double(core: Core) -> None:
    other = await another(core)
    await asyncio.gather(
        *(
            core.services.inbox.accept(conversation, Incoming(f"e-{number}", "こんにちは"))
            for number in range(20)
            for conversation in (core.conversation, other)
        )
    )
    for conversation in (core.conversation, other):
        found = [each.sequence for each in await messages(core, conversation)]
        assert found == [*range(1, 21)]


async def test_an_event_that_comes_twice_at_once_is_one_message(core: Core) -> None:
    event = Incoming("e", "こんにちは", external_id="x")
    twice = await asyncio.gather(
        *(core.services.inbox.accept(core.conversation, event) for _ in range(4))
    )
    assert {each.id for each in twice} == {twice[0].id}
    assert len(await messages(core, core.conversation)) == 1


async def test_what_another_conversation_calls_the_same_is_another_event(core: Core) -> None:
    other, event = await another(core), Incoming("e", "こんにちは", external_id="x")
    first = await core.services.inbox.accept(core.conversation, event)
    second = await core.services.inbox.accept(other, event)
    assert first.id != second.id


async def test_who_has_waited_longest_is_next_whatever_the_numbers_say(core: Core) -> None:
    other = await another(core)
    await core.hear("パスワードを忘れました", "password_forgot")
    waited = await core.accept("まだです", "e-waiting")
    core.clock.move(seconds=1)
    await core.services.inbox.accept(other, Incoming("e-new", "こんにちは"))
    assert waited.sequence == 2
    claimed = await core.leases.claim()
    assert claimed is not None
    assert claimed.id == waited.id
