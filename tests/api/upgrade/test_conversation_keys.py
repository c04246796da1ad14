"""gateway_0014 gives the tables other keys and loses no row, on the way up and on the way down."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from api.chat.conversations.models import Conversation
from api.chat.conversations.repository import ConversationRepository
from api.chat.inbox.models import InboxMessage
from api.chat.inbox.repository import InboxRepository
from api.kit import migrations
from api.kit.clock import utc_now
from api.kit.database import Database
from api.migrate import SCRIPTS
from api.review.search.repository import search_of
from tests.support.databases import Databases

BEFORE, AFTER = "gateway_0013", "gateway_0014"
ROWS = Path(__file__).with_name("before_conversation_keys.sql")
TABLES = (
    "conversations", "inbox", "replies", "choices", "outbox", "feedback", "turn_details",
    "verifications", "handovers", "digests", "digest_topics", "digested_messages", "verdicts",
    "review_claims", "review_skips", "conversation_tags", "erasures", "search_messages",
)  # fmt: skip
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture
def url(migrated: Databases, tmp_path: Path) -> str:
    return migrated.empty(tmp_path)


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """A database of gateway_0013 with rows in every table that belongs to conversations."""
    await migrations.upgrade(url, SCRIPTS, BEFORE)
    database = Database(url)
    lines = [line for line in ROWS.read_text("utf-8").splitlines() if not line.startswith("--")]
    async with database.engine.connect() as connection:
        for statement in "\n".join(lines).split(";\n"):
            await connection.exec_driver_sql(statement)
        await connection.commit()
    yield database
    await database.close()


async def rows(database: Database, *without: str) -> Rows:
    """Return every row of every table, whatever its order, but for some columns."""
    found: Rows = {}
    async with database.reading() as session:
        for name in TABLES:
            query = text(f"select * from {name}")  # noqa: S608 - our own names
            all_columns = [dict(row._mapping) for row in await session.execute(query)]
            kept = [{k: v for k, v in row.items() if k not in without} for row in all_columns]
            found[name] = sorted(kept, key=str)
    return found


async def say(database: Database, conversation_id: str) -> InboxMessage:
    async with database.transaction(conversation_id) as session:
        message = InboxMessage(
            id=f"m-new-{conversation_id}", conversation_id=conversation_id, channel="web",
            event_id=f"{conversation_id}:new", masked=[], receipt=f"HB-NEW-{conversation_id}",
            received_at=utc_now(),
        )  # fmt: skip
        await InboxRepository(session).add(message)
    return message


async def numbered(database: Database) -> list[str]:
    async with database.reading() as session:
        query = text("select id from inbox order by sequence")
        return [*(await session.scalars(query)).all()]


async def test_the_example_has_a_row_in_every_table(database: Database) -> None:
    assert [name for name, each in (await rows(database)).items() if not each] == []


async def test_every_row_is_there_after_the_way_up(database: Database, url: str) -> None:
    before = await rows(database)
    await migrations.upgrade(url, SCRIPTS, AFTER)
    assert await rows(database) == before


async def test_every_row_is_there_after_the_way_down(database: Database, url: str) -> None:
    before = await rows(database, "sequence")
    await migrations.upgrade(url, SCRIPTS, AFTER)
    await migrations.downgrade(url, SCRIPTS, BEFORE)
    assert await rows(database, "sequence") == before


async def test_who_was_known_on_a_platform_is_known_again(database: Database, url: str) -> None:
    await migrations.upgrade(url, SCRIPTS)
    async with database.reading() as session:
        found = await ConversationRepository(session).of_person("key-of-somebody")
    assert isinstance(found, Conversation)
    assert found.id == "c-2"


async def test_an_event_of_then_is_known_within_its_conversation(
    database: Database, url: str
) -> None:
    await migrations.upgrade(url, SCRIPTS)
    async with database.reading() as session:
        inbox, talk = InboxRepository(session), await session.get_one(Conversation, "c-2")
        assert [each.id for each in await inbox.by_event(talk, "event-1")] == ["m-2"]
        assert [each.id for each in await inbox.by_external(talk, "line-2")] == ["m-5"]
        assert await inbox.by_event(talk, "c-1:1") == []


async def test_what_is_said_afterwards_comes_last_before_and_after_the_way_down(
    database: Database, url: str
) -> None:
    """The clock had gone back once, and both talks count alike; order holds nevertheless."""
    await migrations.upgrade(url, SCRIPTS)
    assert [(await say(database, each)).sequence for each in ("c-1", "c-2")] == [4, 6]
    async with database.transaction() as session:
        await session.execute(text("update inbox set sequence = 6 where id = 'm-new-c-1'"))
    await migrations.downgrade(url, SCRIPTS, BEFORE)
    order = await numbered(database)
    assert [each for each in order if each in ("m-1", "m-3", "m-new-c-1")] == [
        "m-1", "m-3", "m-new-c-1",
    ]  # fmt: skip
    assert [each for each in order if each in ("m-2", "m-5", "m-new-c-2")] == [
        "m-2", "m-5", "m-new-c-2",
    ]  # fmt: skip


async def test_counting_goes_on_after_the_way_down(database: Database, url: str) -> None:
    await migrations.upgrade(url, SCRIPTS)
    await migrations.downgrade(url, SCRIPTS, BEFORE)
    insert = text(
        "insert into inbox (id, conversation_id, channel, event_id, masked, receipt, received_at, "
        "sent_at, status, claims, crashes) values ('m-9', 'c-1', 'web', 'c-1:9', '[]', 'HB-9', "
        "'2026-11-20 09:09:00+00:00', '2026-11-20 09:09:00+00:00', 'queued', 0, 0)"
    )
    async with database.transaction() as session:
        await session.execute(insert)
    assert (await numbered(database))[-1] == "m-9"


async def test_two_conversations_with_the_same_event_keep_the_keys_as_they_are(
    database: Database, url: str
) -> None:
    await migrations.upgrade(url, SCRIPTS, AFTER)
    async with database.transaction() as session:
        same = "update inbox set channel = 'web', event_id = 'e' where id in ('m-1', 'm-2')"
        await session.execute(text(same))
    before = await rows(database)
    with pytest.raises(IntegrityError):
        await migrations.downgrade(url, SCRIPTS, BEFORE)
    assert await rows(database) == before


async def test_what_was_searchable_is_found(database: Database, url: str) -> None:
    await migrations.upgrade(url, SCRIPTS)
    async with database.reading() as session:
        found = await session.execute(search_of(session).messages("ひとつ"))
    assert found.scalars().all() == ["m-1"]
