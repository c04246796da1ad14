"""Event streams on which nothing happens cost little, and miss nothing."""

import asyncio

import pytest

from api.channels.web.events import Events, _mark
from api.chat.bell import Bell, Ear
from api.chat.conversations.service import History
from tests.api.chat.conftest import Core


def unrung(core: Core, chance: float = 0.0) -> Events:
    """Return streams that hear no bell."""
    services = core.services
    return Events(services.conversations, services.web, Bell(), chance=lambda: chance)


async def test_a_stream_finds_what_no_ring_told_of(core: Core) -> None:
    stream = unrung(core).follow(core.conversation.id, None)
    await anext(stream)
    later = asyncio.ensure_future(anext(stream))
    await core.hear("こんにちは", "greeting")
    assert (await asyncio.wait_for(later, 5)).event == "message"


async def test_a_stream_on_which_nothing_happens_does_not_read_the_history_again(
    core: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, own = [], core.services.conversations.history

    async def counted(conversation_id: str) -> History:
        read.append(conversation_id)
        return await own(conversation_id)

    monkeypatch.setattr(core.services.conversations, "history", counted)
    stream = unrung(core).follow(core.conversation.id, None)
    await anext(stream)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(anext(stream), 1.3)
    assert len(read) == 1


class Impatient(Ear):
    """Notes how long it is asked to listen, and rings."""

    async def next_ring(self, seconds: float) -> bool:
        self.seconds = seconds
        return True


@pytest.mark.parametrize(("chance", "seconds"), [(0.0, 0.5), (1.0, 1.0)])
async def test_streams_do_not_look_at_the_same_moment(
    core: Core, chance: float, seconds: float
) -> None:
    ear = Impatient()
    await unrung(core, chance)._until_new(core.conversation.id, (), ear)
    assert ear.seconds == seconds


async def test_the_mark_of_what_was_read_is_that_of_the_tables(core: Core) -> None:
    conversations, of = core.services.conversations, core.conversation.id
    await core.hear("こんにちは", "greeting")
    await core.accept("ありがとう", "e-open")
    assert _mark(await conversations.history(of)) == await conversations.mark(of) == (2, 1, 2)
