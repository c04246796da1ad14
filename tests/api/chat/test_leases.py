from tests.api.chat.conftest import Core


async def test_a_message_is_claimed_by_one_worker_only(core: Core) -> None:
    await core.accept()
    assert await core.leases.claim() is not None
    assert await core.leases.claim() is None


async def test_the_message_of_a_dead_worker_is_claimed_again(core: Core) -> None:
    message = await core.accept()
    await core.leases.claim()
    core.clock.move(seconds=10)
    again = await core.leases.claim()
    assert again is not None
    assert (again.id, again.crashes) == (message.id, 1)


async def test_a_later_message_waits_for_the_earlier_one(core: Core) -> None:
    first = await core.accept(event="e-1")
    await core.accept(event="e-2")
    claimed = await core.leases.claim()
    assert claimed is not None
    assert claimed.id == first.id
    assert await core.leases.claim() is None


async def test_other_conversations_do_not_wait(core: Core) -> None:
    await core.accept(event="e-1")
    await core.leases.claim()
    core.conversation = (await core.services.conversations.open("web")).conversation
    other = await core.accept(event="e-2")
    claimed = await core.leases.claim()
    assert claimed is not None
    assert claimed.id == other.id


async def test_a_late_worker_cannot_answer_what_another_one_took_over(core: Core) -> None:
    message = await core.accept()
    late = await core.leases.claim()
    core.clock.move(seconds=10)
    new = await core.leases.claim()
    assert late is not None
    assert new is not None
    assert await core.answering.answer(late) is None
    assert await core.answering.answer(new) is not None
    assert await core.replies(message) == ["greeting"]
