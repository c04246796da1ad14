"""Who asks what is kept about them gets all of it, and nothing about anybody else."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx
import pytest
from sqlalchemy import text

from api.kit.database import Database
from api.kit.errors import NotFound
from api.kit.ids import new_receipt
from api.kit.trace import HEADER
from api.privacy.disclosure.service import DisclosureService, NotTheOnlyOne
from api.review.audit.service import AuditService
from api.settings import Settings
from tests.api.conftest import Talk, begin

QUESTION = "パスワードを忘れました。090-1234-5678 です"


def now() -> datetime:
    return datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    database = Database(settings.database_url)
    yield database
    await database.close()


@pytest.fixture
def disclosure(database: Database) -> DisclosureService:
    return DisclosureService(database, AuditService(database, now), now)


@pytest.fixture
async def receipt(talk: Talk) -> str:
    return (await talk.send(text=QUESTION)).headers[HEADER]


async def test_it_holds_what_was_said_as_it_is_kept(
    disclosure: DisclosureService, receipt: str
) -> None:
    found = await disclosure.gather(receipt)
    assert [each["text"] for each in found["messages"]] == [
        "パスワードを忘れました。［電話1］ です"
    ]


async def test_it_holds_what_was_answered(disclosure: DisclosureService, receipt: str) -> None:
    found = await disclosure.gather(receipt)
    assert {each["answer_id"] for each in found["replies"]} >= {"password_forgot"}


async def test_messages_stand_in_their_order(
    disclosure: DisclosureService, receipt: str, talk: Talk
) -> None:
    asked = [f"質問その{number}" for number in range(6)]
    for each in asked:
        await talk.send(text=each)
    found = await disclosure.gather(receipt)
    assert [each["text"] for each in found["messages"]][1:] == asked


async def test_a_number_of_two_conversations_discloses_neither(
    disclosure: DisclosureService, receipt: str, client: httpx.AsyncClient, database: Database
) -> None:
    await (await begin(client)).send(text="求人が検索できません")
    async with database.transaction() as session:
        await session.execute(text("update inbox set receipt = :one"), {"one": receipt})
    with pytest.raises(NotTheOnlyOne):
        await disclosure.gather(receipt)


async def test_it_holds_nothing_of_another_conversation(
    disclosure: DisclosureService, receipt: str, client: httpx.AsyncClient
) -> None:
    await (await begin(client)).send(text="求人が検索できません")
    assert "求人が検索" not in json.dumps(
        (await disclosure.gather(receipt))["messages"], default=str, ensure_ascii=False
    )


async def test_it_says_who_of_the_staff_looked_but_not_by_name(
    database: Database, disclosure: DisclosureService, receipt: str
) -> None:
    conversation = (await disclosure.gather(receipt))["conversation"]["id"]
    await AuditService(database, now).note("s-hanako", "read", conversation)
    seen = (await disclosure.gather(receipt))["seen_by_staff"]
    assert [(each["staff_id"], each["action"]) for each in seen] == [
        ("staff-1", "disclosed"),
        ("staff-2", "read"),
    ]


async def test_it_holds_no_token_and_no_address(
    disclosure: DisclosureService, receipt: str
) -> None:
    text = json.dumps(await disclosure.gather(receipt), default=str)
    assert not any(word in text for word in ("token", "digest", "address", "person_key"))


async def test_a_number_that_nobody_was_given_finds_nothing(disclosure: DisclosureService) -> None:
    with pytest.raises(NotFound):
        await disclosure.gather(new_receipt())
