import re
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from api.review.conversations.filters import Filters
from api.review.conversations.receipts import receipt_in
from api.wiring import Services
from tests.api.review.conftest import Staff
from tests.api.review.told import Teller, Told

NASTY = "<script>alert(1)</script><img src=x onerror=alert(1)>"


async def listed(wired: Services, **filters: str) -> list[str]:
    page = await wired.review.reading.listed(Filters(**filters), "s-test")
    return [each.first_text for each in page.digests]


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        ({"channel": "line"}, ["b"]),
        ({"topic": "otp_expired"}, ["c"]),
        ({"sure": "low"}, ["b", "a"]),
        ({"fallback": "2"}, ["a"]),
        ({"unresolved": "yes"}, ["c", "a"]),
        ({"feedback": "bad"}, ["c"]),
        ({"feedback": "good"}, ["b"]),
        ({"handed": "yes"}, ["d"]),
        ({"reviewed": "yes"}, []),
        ({"channel": "web", "fallback": "2", "reviewed": "no", "since": "2026-11-20"}, ["a"]),
        ({"until": "2026-11-20"}, []),
    ],
)
async def test_each_filter_narrows_the_list(
    wired: Services, teller: Teller, clock, filters: dict, wanted: list[str]
) -> None:
    unsure = {"intent": "nlu_fallback", "confidence": 0.3}
    told = [
        [Told("a", **unsure), Told("a2", **unsure)],
        [Told("b", channel="line", confidence=0.5, solved=True)],
        [Told("c", intent="otp_expired", solved=False)],
        [Told("d", outcome="handed_over")],
    ]
    for each in told:
        clock.move(minutes=1)
        await teller.tell(*each)
    assert await listed(wired, **filters) == wanted


async def test_pages_show_each_conversation_once(wired: Services, teller: Teller, clock) -> None:
    for number in range(52):
        await teller.tell(Told(str(number), at=clock.now - timedelta(minutes=number // 3)))
    seen, before = [], ""
    while True:
        page = await wired.review.reading.listed(Filters(before=before), "s-test")
        seen += [each.first_text for each in page.digests]
        if not (before := page.next):
            break
    assert len(seen) == len(set(seen)) == 52


async def test_opening_a_transcript_leaves_a_row(
    wired: Services, teller: Teller, staff: Staff
) -> None:
    conversation, _ = await teller.tell(Told("こんにちは"))
    reader = await staff("reader")
    await reader.get(f"/staff/conversations/{conversation}")
    rows = await wired.review.audit.latest(reader.staff_id, "read")
    assert [row.subject for row, _ in rows] == [conversation]


async def test_a_search_leaves_a_row_without_personal_data(wired: Services, staff: Staff) -> None:
    reader = await staff("reader")
    await reader.get("/staff/conversations", q="090-1234-5678")
    rows = await wired.review.audit.latest(reader.staff_id, "searched")
    assert "5678" not in str(rows[0][0].detail)


@pytest.mark.parametrize(
    "change", ["UPDATE staff_audit SET action = 'x'", "DELETE FROM staff_audit"]
)
async def test_audit_rows_can_neither_be_changed_nor_deleted(wired: Services, change: str) -> None:
    await wired.review.audit.note("s", "read", "c")
    async with wired.database.engine.connect() as connection:
        with pytest.raises(DatabaseError, match="audit rows"):
            await connection.execute(text(change))


async def test_what_a_person_wrote_is_shown_as_text(teller: Teller, staff: Staff) -> None:
    conversation, _ = await teller.tell(Told(NASTY))
    reader = await staff("reader")
    for path in ("/staff/conversations", f"/staff/conversations/{conversation}",
                 "/staff/conversations?q=alert"):  # fmt: skip
        page = (await reader.get(path)).text
        assert "<script>alert" not in page
        assert "<img" not in page


async def test_no_intent_id_is_visible(teller: Teller, staff: Staff) -> None:
    conversation, _ = await teller.tell(Told("a"), Told("b", intent="nlu_fallback"))
    page = (await (await staff("reader")).get(f"/staff/conversations/{conversation}")).text
    assert re.findall(r">[^<]*\b(?:otp_|nlu_)\w+[^<]*<", page) == []
    assert "届かない" in page


async def test_a_receipt_leads_to_its_message(teller: Teller, staff: Staff) -> None:
    conversation, messages = await teller.tell(Told("a"), Told("b"))
    spoken = messages[1].receipt.replace("-", "").lower()
    answer = await (await staff("reader")).get("/staff/receipt", number=spoken)
    assert answer.headers["location"] == f"/staff/conversations/{conversation}#{messages[1].id}"


async def test_a_receipt_that_two_conversations_gave_out_leads_to_both(
    wired: Services, teller: Teller, staff: Staff
) -> None:
    told = [await teller.tell(Told(text)) for text in ("a", "b")]
    async with wired.database.transaction() as session:
        await session.execute(text("update inbox set receipt = 'HB-7K3M-92QD'"))
    page = (await (await staff("reader")).get("/staff/receipt", number="HB-7K3M-92QD")).text
    assert all(f'href="/staff/conversations/{talk}#{said[0].id}"' in page for talk, said in told)
    assert "見つかりませんでした" not in page


async def test_a_receipt_of_an_erasure_says_so(
    wired: Services, teller: Teller, staff: Staff
) -> None:
    from api.chat.conversations.models import Conversation

    conversation, _ = await teller.tell(Told("a"))
    async with wired.database.reading() as session:
        row = await session.get(Conversation, conversation)
    receipt = await wired.erasure.erase(row)
    page = await (await staff("reader")).get("/staff/receipt", number=receipt)
    assert "ご本人が消しました" in page.text


@pytest.mark.parametrize(
    "said",
    ["HB-7K3M-92QD", "hb7k3m92qd", "ＨＢ－７Ｋ３Ｍ－９２ＱＤ", " HB 7K3M 92QD ", "hbー7k3mー92qd"],
)
def test_a_receipt_is_read_however_it_is_written(said: str) -> None:
    assert receipt_in(said) == "HB-7K3M-92QD"


def test_letters_heard_for_their_likes_are_understood() -> None:
    assert receipt_in("HB-OI1L-0000") == "HB-0111-0000"


@pytest.mark.parametrize("said", ["", "HB", "HB-123", "7K3M-92QD", "HB-7K3M-92QD-1"])
def test_what_is_no_receipt_is_none(said: str) -> None:
    assert receipt_in(said) is None


@pytest.mark.parametrize(
    ("action", "shown"),
    [
        ("action_account_lock_check", "ロックを調べた（見本のデータ）"),
        ("utter_password_forgot", "「パスワードを忘れた」を出した"),
        ("action_session_start", "話の流れを整えた"),
    ],
)
async def test_steps_of_a_turn_are_told_in_japanese(
    teller: Teller, staff: Staff, action: str, shown: str
) -> None:
    conversation, _ = await teller.tell(Told("困った", actions=[action]))
    page = await (await staff("reader")).get(f"/staff/conversations/{conversation}")
    assert f"動いた手順：{shown}" in page.text


async def test_what_was_asked_back_is_not_called_answered(teller: Teller, staff: Staff) -> None:
    conversation, _ = await teller.tell(Told("困った", intent="nlu_fallback"))
    page = await (await staff("reader")).get(f"/staff/conversations/{conversation}")
    assert "結果：聞き返した" in page.text
    assert "聞き返した（自信がない）の自信" not in page.text
