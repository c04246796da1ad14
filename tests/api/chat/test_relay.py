from datetime import timedelta

import pytest
from sqlalchemy import text

from api.chat.bell import Bell
from api.chat.outbox.delivery import Delivered, Delivery, Instead, Refused, TryAgain
from api.chat.outbox.models import OutboxReply
from api.chat.outbox.relay import Relay
from api.chat.outbox.repository import OutboxRepository
from tests.api.chat.conftest import Core


@pytest.fixture(autouse=True)
def on_a_platform(core: Core) -> None:
    """What is said on the website needs no delivery."""
    core.conversation.channel = "line"


class Limited:
    """Wants to be left alone for two minutes, then accepts."""

    def __init__(self) -> None:
        self.asked = 0

    async def deliver(self, item: OutboxReply) -> Delivered:
        self.asked += 1
        if self.asked == 1:
            raise TryAgain("limited", after=timedelta(minutes=2))
        return Delivered("post")


class Platform:
    """Refuses as often as it is told to, then accepts."""

    def __init__(self, refusals: int) -> None:
        self.refusals = refusals
        self.accepted: list[str] = []

    async def deliver(self, item: OutboxReply) -> Delivered:
        if self.refusals:
            self.refusals -= 1
            raise ConnectionError
        self.accepted.append(item.message_id)
        return Delivered("history")


async def answered(core: Core) -> None:
    claimed = await core.leases.claim()
    assert claimed is not None
    await core.answering.answer(claimed)


async def relay(core: Core, platform: Delivery) -> Relay:
    await core.accept()
    await answered(core)
    return Relay(core.services.database, core.clock, {"line": platform}, Bell())


async def test_a_reply_is_delivered_once(core: Core) -> None:
    platform = Platform(refusals=0)
    delivering = await relay(core, platform)
    await delivering.step()
    await delivering.step()
    assert len(platform.accepted) == 1


async def test_a_clock_set_back_lets_no_answer_overtake_the_one_before(core: Core) -> None:
    platform = Platform(refusals=0)
    first = await core.accept(event="e-1")
    await answered(core)
    core.clock.move(minutes=-6)
    second = await core.accept(event="e-2")
    await answered(core)
    delivering = Relay(core.services.database, core.clock, {"line": platform}, Bell())
    core.clock.move(minutes=6)
    await delivering.step()
    await delivering.step()
    assert platform.accepted == [first.id, second.id]


async def test_a_refused_delivery_is_tried_again_later(core: Core) -> None:
    platform = Platform(refusals=2)
    delivering = await relay(core, platform)
    for _ in range(3):
        await delivering.step()
        core.clock.move(seconds=5)
    assert len(platform.accepted) == 1


async def test_a_refused_delivery_is_not_tried_at_once(core: Core) -> None:
    platform = Platform(refusals=1)
    delivering = await relay(core, platform)
    await delivering.step()
    await delivering.step()
    assert platform.accepted == []


async def test_a_platform_is_left_alone_as_long_as_it_wants(core: Core) -> None:
    platform = Limited()
    delivering = await relay(core, platform)
    await delivering.step()
    core.clock.move(seconds=119)
    await delivering.step()
    assert platform.asked == 1
    core.clock.move(seconds=2)
    await delivering.step()
    assert platform.asked == 2


async def test_a_delivered_reply_is_marked(core: Core) -> None:
    delivering = await relay(core, Platform(refusals=0))
    await delivering.step()
    async with core.services.database.reading() as session:
        assert (await session.execute(text("select delivered_at from outbox"))).scalar() is not None


async def test_two_relays_deliver_once(core: Core) -> None:
    platform = Platform(refusals=0)
    delivering = await relay(core, platform)
    other = Relay(core.services.database, core.clock, {"line": platform}, Bell())
    first, second = await delivering._claim(), await other._claim()
    assert first is not None
    assert second is None


async def test_a_relay_that_died_is_replaced_and_says_that_it_had_begun(core: Core) -> None:
    delivering = await relay(core, Platform(refusals=0))
    dead = await delivering._claim()
    assert dead is not None
    assert not dead.begun
    core.clock.move(seconds=21)
    taken_over = await delivering._claim()
    assert taken_over is not None
    assert taken_over.begun


async def way_in_table(core: Core) -> str | None:
    async with core.services.database.reading() as session:
        return await session.scalar(text("select way from outbox"))


class OneWay:
    """Takes a push only, and notes what stands in the table at that moment."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self.noted: str | None = None

    async def deliver(self, item: OutboxReply) -> Delivered:
        if item.way is None:
            raise Instead("push", doubtful=False)
        self.noted = await way_in_table(self._core)
        return Delivered("push")


async def test_where_one_way_is_gone_the_other_is_taken_at_once(core: Core) -> None:
    await relay(core, Platform(refusals=0))
    await Relay(core.services.database, core.clock, {"line": OneWay(core)}, Bell()).step()
    async with core.services.database.reading() as session:
        assert (await session.execute(text("select delivered_at from outbox"))).scalar() is not None


async def test_the_other_way_is_written_down_before_it_is_taken(core: Core) -> None:
    platform = OneWay(core)
    await relay(core, Platform(refusals=0))
    await Relay(core.services.database, core.clock, {"line": platform}, Bell()).step()
    assert platform.noted == "push"


async def test_what_one_look_finds_is_delivered_without_another(
    core: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks, look = [], OutboxRepository.due

    async def counted(*args: object) -> object:
        looks.append(args)
        return await look(*args)

    monkeypatch.setattr(OutboxRepository, "due", counted)
    for name in ("first", "second", "third"):
        core.conversation = await core.services.conversations.begin("line", name, "")
        await core.accept(event=name)
        await answered(core)
    delivering = Relay(core.services.database, core.clock, {"line": Platform(refusals=0)}, Bell())
    for _ in range(3):
        await delivering.step()
    assert len(looks) == 1


async def test_what_a_platform_refuses_for_good_is_a_dead_letter(core: Core) -> None:
    class Wall:
        async def deliver(self, item: OutboxReply) -> Delivered:
            raise Refused("never")

    await relay(core, Platform(refusals=0))
    await Relay(core.services.database, core.clock, {"line": Wall()}, Bell()).step()
    async with core.services.database.reading() as session:
        assert (await session.execute(text("select failed_at from outbox"))).scalar() is not None


async def test_a_platform_that_is_down_is_left_alone_for_a_while(core: Core) -> None:
    delivering = await relay(core, Platform(refusals=99))
    for _ in range(5):
        await delivering.step()
        core.clock.move(seconds=40)
    await delivering.step()
    assert delivering._breakers["line"].open


async def test_on_the_website_what_is_written_down_is_delivered(core: Core) -> None:
    core.conversation.channel = "web"
    await core.accept()
    await answered(core)
    async with core.services.database.reading() as session:
        row = (await session.execute(text("SELECT delivered_at, way FROM outbox"))).one()
    assert row[0] is not None
    assert row[1] == "history"
