from sqlalchemy import text

from api.chat.bell import Bell
from api.chat.outbox.delivery import Delivered
from api.chat.outbox.models import OutboxReply
from api.chat.outbox.relay import Relay
from tests.api.chat.conftest import Core


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


async def relay(core: Core, platform: Platform) -> Relay:
    await core.accept()
    claimed = await core.leases.claim()
    assert claimed is not None
    await core.answering.answer(claimed)
    return Relay(core.services.database, core.clock, {"web": platform}, Bell())


async def test_a_reply_is_delivered_once(core: Core) -> None:
    platform = Platform(refusals=0)
    delivering = await relay(core, platform)
    await delivering._step()
    await delivering._step()
    assert len(platform.accepted) == 1


async def test_a_refused_delivery_is_tried_again_later(core: Core) -> None:
    platform = Platform(refusals=2)
    delivering = await relay(core, platform)
    for _ in range(3):
        await delivering._step()
        core.clock.move(seconds=5)
    assert len(platform.accepted) == 1


async def test_a_refused_delivery_is_not_tried_at_once(core: Core) -> None:
    platform = Platform(refusals=1)
    delivering = await relay(core, platform)
    await delivering._step()
    await delivering._step()
    assert platform.accepted == []


async def test_a_delivered_reply_is_marked(core: Core) -> None:
    delivering = await relay(core, Platform(refusals=0))
    await delivering._step()
    async with core.services.database.reading() as session:
        assert (await session.execute(text("select delivered_at from outbox"))).scalar() is not None
