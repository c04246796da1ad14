import re

import pytest

from api.chat.conversations.models import Conversation
from api.chat.conversations.repository import ConversationRepository
from api.wiring import Services
from tests.api.review.conftest import Browser, Staff
from tests.api.review.told import Teller, Told

_TAG = re.compile(r"<[^>]+>")


@pytest.fixture
async def admin(staff: Staff) -> Browser:
    return await staff("admin", name="kanri")


async def first_row(admin: Browser) -> list[str]:
    """Return the cells of the newest row, behind who and when."""
    page = (await admin.get("/staff/audit")).text
    row = page.split("<tbody>")[1].split("</tr>")[0]
    return row.split("<td>")[2:]


def plain(cell: str) -> str:
    return _TAG.sub("", cell).strip()


async def test_who_did_it_is_shown_by_name(wired: Services, admin: Browser) -> None:
    await wired.review.audit.note(admin.staff_id, "signed_in")
    assert plain((await first_row(admin))[0]) == "kanri"


async def test_who_is_no_member_has_no_id_either(wired: Services, admin: Browser) -> None:
    await wired.review.audit.note("s-0", "signed_in")
    assert plain((await first_row(admin))[0]) == "（登録のない職員）"


async def test_a_member_is_shown_by_name(wired: Services, admin: Browser, staff: Staff) -> None:
    other = await staff("editor", name="hanako")
    await wired.review.audit.note(admin.staff_id, "staff_changed", other.staff_id)
    assert plain((await first_row(admin))[2]) == "hanako"


async def test_an_answer_is_shown_by_its_title(wired: Services, admin: Browser) -> None:
    await wired.review.audit.note(admin.staff_id, "answer_drafted", "otp_expired")
    subject = (await first_row(admin))[2]
    assert plain(subject) == wired.catalogue["otp_expired"].entry.title
    assert 'href="/staff/answers/otp_expired"' in subject


async def test_a_page_that_was_checked_is_shown_by_its_title(
    wired: Services, admin: Browser
) -> None:
    name, source = next(iter(wired.catalogue.sources.items()))
    await wired.review.audit.note(admin.staff_id, "source_checked", name)
    assert plain((await first_row(admin))[2]) == source.title


async def test_a_conversation_is_a_link_by_its_first_receipt(
    wired: Services, admin: Browser, teller: Teller
) -> None:
    conversation, messages = await teller.tell(Told("a"), Told("b"))
    await wired.review.audit.note(admin.staff_id, "read", conversation)
    subject = (await first_row(admin))[2]
    assert plain(subject) == messages[0].receipt
    assert f'href="/staff/conversations/{conversation}"' in subject


async def test_a_conversation_without_a_message_is_a_link_too(
    wired: Services, admin: Browser, clock
) -> None:
    row = Conversation(id="c-1", channel="web", token_digest="-", created_at=clock())
    async with wired.database.transaction() as session:
        await ConversationRepository(session).add(row)
    await wired.review.audit.note(admin.staff_id, "read", "c-1")
    assert '<a href="/staff/conversations/c-1">会話</a>' in (await first_row(admin))[2]


async def test_an_erased_conversation_leads_nowhere(wired: Services, admin: Browser) -> None:
    await wired.review.audit.note(admin.staff_id, "read", "c-gone")
    subject = (await first_row(admin))[2]
    assert plain(subject) == "会話（消されています）"
    assert "href" not in subject


@pytest.mark.parametrize(
    ("subject", "shown"), [("n-1", "書き直した文"), ("t-1", "モデル"), ("i-1", "お知らせ")]
)
async def test_other_things_are_named_by_what_they_are(
    wired: Services, admin: Browser, subject: str, shown: str
) -> None:
    await wired.review.audit.note(admin.staff_id, "model_tried", subject)
    assert plain((await first_row(admin))[2]) == shown


async def test_a_search_is_told_in_words(admin: Browser) -> None:
    await admin.get("/staff/conversations", q="ロック解除")
    assert plain((await first_row(admin))[3]) == "探した言葉：ロック解除"


async def test_an_export_is_told_in_words(wired: Services, admin: Browser) -> None:
    await admin.get("/staff/export.csv", channel="line", topic="otp_expired", since="2026-11-01",
                    fallback="2", unresolved="yes", reviewer=admin.staff_id, q="番号")  # fmt: skip
    title = wired.catalogue["otp_expired"].entry.title
    assert plain((await first_row(admin))[3]) == (
        f"言葉：番号、窓口：LINE、いつから：2026/11/01、話題：{title}、聞き返し：2回以上、"
        "解決：していないもの、見た人：kanri、行の数：0、形：表（CSV）"
    )


async def test_a_role_is_told_in_words(wired: Services, admin: Browser) -> None:
    await wired.review.audit.note(admin.staff_id, "staff_changed", None, {"role": "editor"})
    assert plain((await first_row(admin))[3]) == "役割：編集"


async def test_the_row_stays_as_it_is_written(wired: Services, admin: Browser) -> None:
    await wired.review.audit.note(admin.staff_id, "answer_drafted", "otp_expired")
    await admin.get("/staff/audit")
    ((row, _),) = await wired.review.audit.latest(action="answer_drafted")
    assert row.subject == "otp_expired"


async def test_an_export_notes_no_mail_address(wired: Services, admin: Browser) -> None:
    await admin.get("/staff/export.csv", q="hanako@example.jp")
    ((row, _),) = await wired.review.audit.latest(action="exported")
    assert "hanako" not in row.detail["filters"]
