"""Each conversation in the order in which it was written, and none waiting for another."""

from datetime import timedelta

from sqlalchemy import text

from api.chat.inbox.service import Incoming
from tests.api.chat.conftest import Core

SETTLE = timedelta(seconds=1.5)


async def send(core: Core, event: str, sent: float, settle: timedelta = SETTLE) -> None:
    moment = core.clock() + timedelta(seconds=sent)
    incoming = Incoming(event, "こんにちは", sent_at=moment, external_id=event, settle=settle)
    await core.services.inbox.accept(core.conversation, incoming)


async def test_what_was_sent_first_is_claimed_first(core: Core) -> None:
    await send(core, "second", sent=0)
    await send(core, "first", sent=-1)
    core.clock.move(seconds=2)
    claimed = await core.leases.claim()
    assert claimed is not None
    assert claimed.event_id == "first"


async def test_a_message_waits_for_one_that_may_come_before_it(core: Core) -> None:
    await send(core, "second", sent=0)
    assert await core.leases.claim() is None
    core.clock.move(seconds=1.6)
    assert await core.leases.claim() is not None


async def test_one_that_comes_late_does_not_overtake_what_is_being_answered(core: Core) -> None:
    await send(core, "second", sent=0)
    core.clock.move(seconds=2)
    assert await core.leases.claim() is not None
    await send(core, "first", sent=-5, settle=timedelta(0))
    assert await core.leases.claim() is None


async def test_another_conversation_does_not_wait(core: Core) -> None:
    await core.accept("こんにちは", "mine")
    assert await core.leases.claim() is not None
    other = await core.services.conversations.open("web")
    await core.services.inbox.accept(other.conversation, Incoming("theirs", "こんにちは"))
    assert await core.leases.claim() is not None


async def test_an_unbelievable_time_does_not_decide_the_order(core: Core) -> None:
    await send(core, "from-1970", sent=-2e9)
    await send(core, "honest", sent=-1)
    core.clock.move(seconds=2)
    claimed = await core.leases.claim()
    assert claimed is not None
    assert claimed.event_id == "honest"


async def test_a_lease_from_before_the_clock_was_set_back_is_no_lease(core: Core) -> None:
    await core.accept()
    assert await core.leases.claim() is not None
    core.clock.move(minutes=-6)
    assert await core.leases.claim() is not None


async def test_a_message_that_killed_three_workers_gets_an_apology(core: Core) -> None:
    message = await core.accept()
    for _ in range(4):
        claimed = await core.leases.claim()
        assert claimed is not None
        core.clock.move(seconds=10)
    await core.answering.answer(claimed)
    assert await core.replies(message) == ["turn_failed"]


async def test_why_it_was_apologised_for_is_written_down(core: Core) -> None:
    await core.accept()
    for _ in range(4):
        claimed = await core.leases.claim()
        core.clock.move(seconds=10)
    assert claimed is not None
    await core.answering.answer(claimed)
    async with core.services.database.reading() as session:
        assert (await session.execute(text("select reason from inbox"))).scalar() == "crashed"
