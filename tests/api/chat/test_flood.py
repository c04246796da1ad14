"""Who sends faster than anybody types is answered at a walking pace, and holds up nobody."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from api.chat.errors import TooManyRequests
from api.chat.inbox.limits import BREATH
from tests.api.chat.conftest import Core

ANSWER = "password_forgot"


async def test_who_was_answered_is_heard_at_once(core: Core) -> None:
    await core.hear("パスワードを忘れました", ANSWER)
    assert (await core.accept(event="next")).not_before is None


async def test_each_waiting_message_puts_the_next_one_off_by_a_breath(core: Core) -> None:
    first, *waiting = [await core.accept(event=f"e-{place}") for place in range(4)]
    assert first.not_before is None
    assert [each.not_before for each in waiting] == [
        first.received_at + BREATH * place for place in (1, 2, 3)
    ]


async def test_a_whole_flood_is_answered_within_a_quarter_of_a_minute(core: Core) -> None:
    last = [await core.accept(event=f"e-{place}") for place in range(60)][-1]
    assert last.not_before is not None
    assert last.not_before - core.clock() < timedelta(seconds=15)


@pytest.fixture
async def refused(core: Core) -> TooManyRequests:
    """Write until it is too much."""
    for place in range(60):
        await core.accept(event=f"e-{place}")
    with pytest.raises(TooManyRequests) as caught:
        await core.accept(event="too much")
    return caught.value


async def test_who_was_refused_costs_no_look_into_the_database(
    core: Core, refused: TooManyRequests
) -> None:
    begun: list[object] = []
    event.listen(core.services.database.engine.sync_engine, "begin", begun.append)
    with pytest.raises(TooManyRequests):
        await core.accept(event="at once again")
    assert begun == []


async def test_the_wait_that_is_told_gets_shorter(core: Core, refused: TooManyRequests) -> None:
    core.clock.move(seconds=30)
    with pytest.raises(TooManyRequests) as caught:
        await core.accept(event="later")
    assert refused.retry_after is not None
    assert caught.value.retry_after == refused.retry_after - 30 + 1


async def test_after_the_wait_that_was_told_writing_goes_again(
    core: Core, refused: TooManyRequests
) -> None:
    core.clock.move(seconds=refused.retry_after)
    await core.accept(event="later")
