"""Event streams on which nothing happens cost little, and miss nothing."""

import asyncio

import pytest

from api.channels.web.events import Events
from api.chat.bell import Bell, Ear
from api.chat.conversations.history import Bookmark, History
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
    looks, own = [], core.services.conversations.news

    async def counted(conversation_id: str, read: Bookmark) -> History:
        looks.append(read)
        return await own(conversation_id, read)

    monkeypatch.setattr(core.services.conversations, "news", counted)
    stream = unrung(core).follow(core.conversation.id, None)
    await anext(stream)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(anext(stream), 1.3)
    assert len(looks) == 1


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
    read = Bookmark().moved_by(await conversations.news(of, Bookmark()))
    assert read.mark == await conversations.mark(of) == (2, 1, 2)


async def test_the_mark_goes_along_with_what_comes(core: Core) -> None:
    conversations, of = core.services.conversations, core.conversation.id
    await core.accept("ありがとう", "e-open")
    read = Bookmark().moved_by(await conversations.news(of, Bookmark()))
    await core.hear("こんにちは", "greeting")
    read = read.moved_by(await conversations.news(of, read))
    assert read.mark == await conversations.mark(of)


async def test_what_was_read_is_not_read_again(core: Core) -> None:
    conversations, of = core.services.conversations, core.conversation.id
    await core.hear("こんにちは", "greeting")
    read = Bookmark().moved_by(await conversations.news(of, Bookmark()))
    await core.hear("パスワードを忘れました", "password_forgot")
    news = await conversations.news(of, read)
    assert [each.text for each in news.messages] == ["パスワードを忘れました"]
    assert [each.reply.in_reply_to for each in news.said] == [news.messages[0].id]
