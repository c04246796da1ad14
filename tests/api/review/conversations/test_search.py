import pytest

from api.review.conversations.filters import Filters
from api.review.search.folding import highlighted, words
from api.wiring import Services
from tests.api.review.told import Teller, Told

LOCK = "アカウントのロックが解除されない"


async def found(wired: Services, q: str, **filters: str) -> list[str]:
    listed = await wired.review.reading.listed(Filters(q=q, **filters), "s-test")
    return [each.first_text for each in listed.digests]


@pytest.mark.parametrize(
    "query",
    ["ロック解除", "ﾛｯｸ解除", "ろっく", "解除", "アカウント ロック", "カウント",
     "ロックの解除ができない", "アカウントのロックが解除されない", "除"],
)  # fmt: skip
async def test_part_words_and_spellings_find_it(
    wired: Services, teller: Teller, query: str
) -> None:
    await teller.tell(Told(LOCK))
    await teller.tell(Told("求人が見つからない"))
    assert await found(wired, query) == [LOCK]


@pytest.mark.parametrize("query", ["パスワード", "ロック 求人", "「」", "*", '"', "OR", "''"])
async def test_what_was_not_said_is_not_found(wired: Services, teller: Teller, query: str) -> None:
    await teller.tell(Told(LOCK))
    assert await found(wired, query) == []


async def test_what_was_said_a_year_ago_is_found(wired: Services, teller: Teller, clock) -> None:
    await teller.tell(Told(LOCK, at=clock.now))
    clock.move(days=400)
    assert await found(wired, "ロック") == [LOCK]


async def test_an_erased_conversation_is_in_no_file(
    wired: Services, teller: Teller, tmp_path
) -> None:
    await teller.tell(Told("残ることば"))
    gone, _ = await teller.tell(Told("きえることば"))
    conversation = (await wired.conversations.history(gone)).messages[0]
    from api.chat.conversations.models import Conversation

    async with wired.database.reading() as session:
        row = await session.get(Conversation, conversation.conversation_id)
    await wired.erasure.erase(row)
    everything = b"".join(path.read_bytes() for path in tmp_path.glob("gateway.db*"))
    assert "きえることば".encode() not in everything
    assert "きƾえƾる".encode() not in everything
    assert "え\u01beる".encode() not in everything
    assert await found(wired, "残る") == ["残ることば"]


def test_a_query_is_cut_into_the_words_that_count() -> None:
    assert words("ロックの解除ができない") == ["ろっく", "解除"]


def test_the_find_is_marked_where_it_stands() -> None:
    assert highlighted("ｱｶｳﾝﾄの解除。", ["あかうんと", "解除"]) == [
        ("ｱｶｳﾝﾄ", True), ("の", False), ("解除", True), ("。", False)
    ]  # fmt: skip
