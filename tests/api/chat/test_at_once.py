"""Who accepts a message on the website answers it, as long as its hands are free."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from sqlalchemy import text

from api.chat.answering.at_once import AtOnce
from api.chat.bell import Bell
from api.chat.conversations.models import Conversation
from api.chat.engine.protocol import Ask, EngineFailed, Turn
from api.chat.handover.models import HELD, Handover
from api.chat.handover.repository import HandoverRepository
from api.chat.inbox.models import IN_PROGRESS, QUEUED, InboxMessage
from api.chat.inbox.service import InboxService, Incoming
from api.kit.errors import Unauthorized
from api.privacy.masking import mask
from tests.api.chat.conftest import Core


class Gated:
    """Lets the scripted engine answer when the gate is open."""

    def __init__(self, core: Core) -> None:
        self.engine, self.open = core.engine, asyncio.Event()
        self.entered: list[str] = []
        self.open.set()

    async def turn(self, ask: Ask) -> Turn:
        self.entered.append(ask.event_id)
        await self.open.wait()
        return await self.engine.turn(ask)


@dataclass
class Prompt:
    """An inbox with hands of its own, two messages at most, one at a time."""

    core: Core
    engine: Gated
    hands: AtOnce
    inbox: InboxService

    async def accept(
        self, event: str = "e-1", conversation: Conversation | None = None
    ) -> InboxMessage:
        said = Incoming(event, "こんにちは")
        return await self.inbox.accept(conversation or self.core.conversation, said)

    async def other(self, channel: str = "web") -> Conversation:
        return (await self.core.services.conversations.open(channel)).conversation

    async def take_over(self, conversation: Conversation) -> None:
        now, of = self.core.clock(), conversation.id
        async with self.core.services.database.transaction(of) as session:
            await HandoverRepository(session).add(
                Handover(
                    id="h-1", conversation_id=of, channel="web", state=HELD, asked_at=now,
                    alerted=True, last_at=now,
                )
            )  # fmt: skip

    async def state(self, message: InboxMessage) -> str:
        async with self.core.services.database.reading() as session:
            query = text("SELECT status FROM inbox WHERE id = :id")
            return str(await session.scalar(query, {"id": message.id}))


@pytest.fixture
async def prompt(core: Core) -> AsyncIterator[Prompt]:
    engine, bell = Gated(core), Bell()
    core.answering._engine = engine
    hands = AtOnce(core.leases, core.answering, bell, most=2, count=1)
    inbox = InboxService(core.services.database, mask, core.clock, bell, hands=hands)
    yield Prompt(core, engine, hands, inbox)
    engine.open.set()
    await hands.finish(5)


async def test_it_is_answered_without_a_worker(prompt: Prompt) -> None:
    message = await prompt.accept()
    finished = await prompt.hands.finished(message.id, 5)
    assert finished is not None
    assert finished.outcome == "answered"
    assert await prompt.core.replies(message) == ["greeting"]


async def test_who_waits_is_told_what_the_history_says(prompt: Prompt) -> None:
    message = await prompt.accept()
    finished = await prompt.hands.finished(message.id, 5)
    assert finished is not None
    (told,), (written,) = finished.said, await prompt.core.services.conversations.said_to(message)
    shown = [(each.reply.id, each.reply.body, each.reply.created_at) for each in (told, written)]
    assert shown[0] == shown[1]
    assert [each.id for each in told.choices] == [each.id for each in written.choices]


async def test_no_worker_takes_what_is_in_hand(prompt: Prompt) -> None:
    prompt.engine.open.clear()
    message = await prompt.accept()
    assert await prompt.state(message) == IN_PROGRESS
    assert await prompt.core.leases.claim() is None


async def test_a_worker_takes_over_from_a_process_that_died(prompt: Prompt) -> None:
    prompt.engine.open.clear()
    message = await prompt.accept()
    await prompt.hands.finish(0)
    prompt.core.clock.move(seconds=10)
    claimed = await prompt.core.leases.claim()
    assert claimed is not None
    assert (claimed.id, claimed.crashes) == (message.id, 1)


async def test_what_comes_behind_an_unanswered_message_is_left_to_the_queue(
    prompt: Prompt,
) -> None:
    prompt.engine.open.clear()
    await prompt.accept("e-1")
    assert await prompt.state(await prompt.accept("e-2")) == QUEUED


async def test_what_comes_behind_an_old_unanswered_message_is_left_to_the_queue(
    prompt: Prompt,
) -> None:
    prompt.engine.open.clear()
    await prompt.accept("e-1")
    prompt.core.clock.move(minutes=2)
    await prompt.inbox.ignore(prompt.core.conversation, Incoming("e-x"), "another")
    assert await prompt.state(await prompt.accept("e-2")) == QUEUED


async def test_what_is_sent_elsewhere_is_left_to_the_queue(prompt: Prompt) -> None:
    message = await prompt.accept(conversation=await prompt.other("line"))
    assert await prompt.state(message) == QUEUED


async def test_what_a_person_has_taken_over_reaches_no_engine(prompt: Prompt) -> None:
    await prompt.take_over(prompt.core.conversation)
    message = await prompt.accept()
    assert await prompt.state(message) == QUEUED
    assert prompt.core.engine.asked == []


async def test_what_comes_when_all_hands_are_full_is_left_to_the_queue(prompt: Prompt) -> None:
    prompt.engine.open.clear()
    await prompt.accept()
    await prompt.accept(conversation=await prompt.other())
    third = await prompt.accept(conversation=await prompt.other())
    assert await prompt.state(third) == QUEUED


async def test_who_came_first_is_asked_for_first(prompt: Prompt) -> None:
    prompt.engine.open.clear()
    first = await prompt.accept()
    second = await prompt.accept(conversation=await prompt.other())
    assert prompt.engine.entered == [first.id]
    prompt.engine.open.set()
    await prompt.hands.finished(second.id, 5)
    assert [ask.event_id for ask in prompt.core.engine.asked] == [first.id, second.id]


async def test_who_waited_for_a_hand_is_not_asked_for_once_a_person_has_taken_over(
    prompt: Prompt,
) -> None:
    prompt.engine.open.clear()
    await prompt.accept()
    other = await prompt.other()
    second = await prompt.accept(conversation=other)
    await prompt.take_over(other)
    prompt.engine.open.set()
    await prompt.hands.finished(second.id, 5)
    assert len(prompt.core.engine.asked) == 1


async def test_an_event_that_comes_twice_is_answered_once(prompt: Prompt) -> None:
    first, again = await prompt.accept("e-1"), await prompt.accept("e-1")
    await prompt.hands.finished(first.id, 5)
    assert again.id == first.id
    assert len(prompt.core.engine.asked) == 1


async def test_an_engine_that_is_down_leaves_it_to_the_queue(prompt: Prompt) -> None:
    prompt.core.engine.failure = EngineFailed("down")
    message = await prompt.accept()
    assert await prompt.hands.finished(message.id, 5) is None
    assert await prompt.state(message) == QUEUED


async def test_what_is_in_hand_is_finished_when_the_process_stops(prompt: Prompt) -> None:
    prompt.engine.open.clear()
    message = await prompt.accept()
    stopping = asyncio.create_task(prompt.hands.finish(5))
    await asyncio.sleep(0)
    prompt.engine.open.set()
    await stopping
    assert await prompt.core.replies(message) == ["greeting"]


async def test_nobody_writes_in_a_conversation_that_was_erased_elsewhere(core: Core) -> None:
    conversations = core.services.conversations
    opened = await conversations.open("web")
    of, token = opened.conversation.id, opened.token
    await conversations.authorize_writing(of, token)
    await core.services.erasure.erase(opened.conversation)
    remembered = await conversations.authorize_writing(of, token)
    with pytest.raises(Unauthorized):
        await core.services.inbox.accept(remembered, Incoming("e-1", "こんにちは"))


async def test_a_wrong_token_opens_nothing_that_was_open_before(core: Core) -> None:
    opened = await core.services.conversations.open("web")
    await core.services.conversations.authorize_writing(opened.conversation.id, opened.token)
    with pytest.raises(Unauthorized):
        await core.services.conversations.authorize_writing(opened.conversation.id, "another")
