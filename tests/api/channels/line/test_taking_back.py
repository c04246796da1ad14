"""A LINE message taken back (`unsend`) is gone from tracker, search index and files."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from api.app import create_app
from api.review.conversations.filters import Filters
from api.review.search.folding import JOINT
from api.settings import Settings
from tests.api.channels.conftest import Bot
from tests.api.channels.line.kept import kept
from tests.api.conftest import serving
from tests.fakes.line import FakeLine, LineUser
from tests.fakes.rasa import FakeRasa
from tests.support.databases import needs_files

# Letters that stand nowhere else; the index has them spaced, and its terms end like this.
SECRET, STAYS = "鵺鵼鶍", "鷽鸊鵯"
IN_INDEX = f"{JOINT}{SECRET[1]}"


@pytest.fixture
def rasa() -> Iterator[FakeRasa]:
    with FakeRasa().serving() as fake:
        yield fake


@pytest_asyncio.fixture(loop_scope="session")
async def bot(
    settings: Settings, database_url: str, rasa: FakeRasa, line: FakeLine
) -> AsyncIterator[Bot]:
    """Yield a gateway with a tracker and tables of its own."""
    own = {"database_url": database_url, "engine": "rasa", "rasa_urls": [rasa.url]}
    app = create_app(settings.model_copy(update=own))
    async with serving(app) as client:
        yield Bot(client, app.state.services)


async def tell(bot: Bot, user: LineUser, *words: str) -> list[dict]:
    events = [user.text(f"{each}のことで困っています") for each in words]
    for event in events:
        await user.deliver(event, client=bot.client)
    await bot.idle()
    while await bot.services.review.digests.step():
        pass
    return events


async def take_back(bot: Bot, user: LineUser, event: dict) -> None:
    unsend = user.event("unsend", unsend={"messageId": event["message"]["id"]})
    await user.deliver(unsend, client=bot.client)
    await bot.idle()


def forgotten(rasa: FakeRasa) -> list[str]:
    return [entry["to"] for entry in rasa.accepted if entry["kind"] == "forget"]


async def test_the_tracker_is_told_to_forget_the_conversation(
    bot: Bot, user: LineUser, rasa: FakeRasa
) -> None:
    (event,) = await tell(bot, user, SECRET)
    ((conversation,),) = await bot.rows("select id from conversations")
    await take_back(bot, user, event)
    await bot.until(lambda: bool(forgotten(rasa)))
    assert forgotten(rasa) == [conversation]
    assert rasa.accepted[-1]["kind"] == "forget"


async def test_a_tracker_that_is_down_is_told_later(
    bot: Bot, user: LineUser, rasa: FakeRasa
) -> None:
    (event,) = await tell(bot, user, SECRET)
    rasa.faults.extend(["fail", "fail"])
    await take_back(bot, user, event)
    await bot.until(lambda: bool(forgotten(rasa)))
    await bot.until(lambda: not rasa.faults)


async def test_the_search_finds_it_no_more_and_the_rest_still(bot: Bot, user: LineUser) -> None:
    async def found(words: str) -> int:
        return len((await bot.services.review.reading.listed(Filters(q=words), "s-1")).digests)

    event, _ = await tell(bot, user, SECRET, STAYS)
    assert await found(SECRET) == 1
    await take_back(bot, user, event)
    assert (await found(SECRET), await found(STAYS)) == (0, 1)


@needs_files
async def test_its_words_are_in_no_file(bot: Bot, user: LineUser) -> None:
    event, _ = await tell(bot, user, SECRET, STAYS)
    before = kept(bot)
    assert SECRET.encode() in before
    assert IN_INDEX.encode() in before
    await take_back(bot, user, event)
    after = kept(bot)
    assert STAYS.encode() in after
    assert not [each for each in (SECRET, IN_INDEX, SECRET[:2]) if each.encode() in after]


@needs_files
async def test_its_words_are_in_no_file_when_it_was_not_answered_yet(
    bot: Bot, user: LineUser, rasa: FakeRasa
) -> None:
    rasa.slow_seconds = 1
    event = user.text(SECRET)
    await user.deliver(event, client=bot.client)
    await bot.until(lambda: rasa.turns > 0)
    await take_back(bot, user, event)
    await bot.until(lambda: bool(forgotten(rasa)))
    assert SECRET.encode() not in kept(bot)


async def test_taking_back_what_another_wrote_does_nothing(bot: Bot, user: LineUser) -> None:
    (event,) = await tell(bot, user, SECRET)
    stranger = LineUser(user.line, user.webhook)
    await take_back(bot, stranger, event)
    assert len(await bot.rows("select 1 from inbox where text is not null")) == 1
