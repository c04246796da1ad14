import sqlite3

from sqlalchemy import text

from api.chat.engine.protocol import GivenUp, Spoken, Turn
from tests.api.chat.conftest import Core
from tests.support.databases import needs_files


async def answer_next(core: Core) -> list[str]:
    claimed = await core.leases.claim()
    assert claimed is not None
    finished = await core.answering.answer(claimed)
    return [each.answer.id for each in finished.rendered] if finished else []


async def outcome(core: Core) -> str | None:
    async with core.services.database.reading() as session:
        value = await session.execute(text("select outcome from inbox"))
        found: str | None = value.scalar_one()
        return found


async def test_the_engine_hears_the_masked_text(core: Core) -> None:
    await core.accept("taro@example.jp に番号が届きません")
    await answer_next(core)
    assert core.engine.asked[0].text == "［メール1］ に番号が届きません"


async def test_an_answered_message_is_finished(core: Core) -> None:
    await core.accept()
    await answer_next(core)
    assert (await outcome(core), await core.leases.claim()) == ("answered", None)


async def test_an_engine_that_is_down_is_asked_again_later(core: Core) -> None:
    message = await core.accept()
    core.engine.answer = None
    assert await answer_next(core) == []
    assert await core.leases.claim() is None
    core.engine.answer = Turn((Spoken("greeting"),), "greeting", 0.9, "model-1")
    core.clock.move(seconds=1)
    assert await answer_next(core) == ["greeting"]
    assert await core.replies(message) == ["greeting"]


async def test_the_engine_is_asked_again_under_the_same_event_id(core: Core) -> None:
    await core.accept()
    core.engine.answer = None
    await answer_next(core)
    core.clock.move(seconds=1)
    await answer_next(core)
    assert len({ask.event_id for ask in core.engine.asked}) == 1


async def test_after_forty_seconds_without_an_engine_the_person_hears_an_apology(
    core: Core,
) -> None:
    await core.accept()
    core.engine.answer = None
    core.clock.move(seconds=41)
    assert await answer_next(core) == ["turn_failed"]
    assert await outcome(core) == "apologised"


async def test_an_engine_that_gives_up_is_apologised_for_at_once(core: Core) -> None:
    message = await core.accept()
    core.engine.failure = GivenUp("standby_sorry", "keywords")
    assert await answer_next(core) == ["standby_sorry"]
    said = await core.services.conversations.said_to(message)
    details = "".join(said[0].reply.body["details"])
    assert message.receipt in details
    assert "0570-077450" in details
    assert await outcome(core) == "apologised"


async def test_an_apology_names_its_receipt(core: Core) -> None:
    message = await core.accept()
    core.engine.answer = None
    core.clock.move(seconds=41)
    await answer_next(core)
    said = await core.services.conversations.said_to(message)
    assert message.receipt in "".join(said[0].reply.body["details"])


async def test_a_message_that_kills_three_workers_is_apologised_for(core: Core) -> None:
    await core.accept()
    for _ in range(3):
        assert await core.leases.claim() is not None
        core.clock.move(seconds=10)
    assert await answer_next(core) == ["turn_failed"]
    assert core.engine.asked == []


@needs_files
async def test_private_values_reach_the_page_but_not_the_database(core: Core) -> None:
    values = {"state": "locked", "until": "2026-11-23T12:30:00+00:00"}
    core.engine.answer = Turn(
        (Spoken("lock_check_result", values, private=True),), "verified_lockout", 1.0, "m"
    )
    await core.accept()
    claimed = await core.leases.claim()
    assert claimed is not None
    finished = await core.answering.answer(claimed, on_page=True)
    assert finished is not None
    assert "21時30分まで、あと30分" in finished.rendered[0].body["text"]
    place = core.services.settings.database_url.removeprefix("sqlite+aiosqlite:///")
    with sqlite3.connect(place) as database:
        assert "21時30分" not in "".join(database.iterdump())


async def test_a_grant_is_gone_once_the_message_is_answered(core: Core) -> None:
    message = await core.accept()
    async with core.services.database.transaction() as session:
        await session.execute(
            text("update inbox set payload = :p"), {"p": '{"intent": "x", "grant": "handle-42"}'}
        )
    await answer_next(core)
    async with core.services.database.reading() as session:
        query = text("select payload from inbox where id = :id")
        assert (await session.execute(query, {"id": message.id})).scalar() in (None, "null")


async def test_every_answer_is_put_into_the_outbox_with_its_turn(core: Core) -> None:
    message = await core.accept()
    await answer_next(core)
    async with core.services.database.reading() as session:
        waiting = (await session.execute(text("select message_id from outbox"))).scalars().all()
    assert waiting == [message.id]
