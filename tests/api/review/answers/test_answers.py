import re
from typing import ClassVar

import pytest
import yaml

from api.chat.conversations.remembered import Remembered
from api.chat.engine.protocol import Spoken
from api.review.answers.errors import AnswerInvalid
from api.review.answers.wording import Draft
from api.wiring import Services
from tests.api.review.conftest import Browser, Staff

ANSWER = "otp_expired"
VERSION = re.compile(r'action="/staff/answers/versions/(w-\w+)"')
WORDS = {"text": "新しい番号を、もう一度送ってもらってください。", "details": "一行目\n二行目",
         "easy_text": "番号（ばんごう）を もらいます。", "easy_details": ""}  # fmt: skip


async def drafted(browser: Browser, **other: str) -> str:
    await browser.post(f"/staff/answers/{ANSWER}", **{**WORDS, **other})
    found = VERSION.search((await browser.get(f"/staff/answers/{ANSWER}")).text)
    assert found
    return found[1]


async def says(wired: Services) -> str:
    await wired.review.overlay.step()
    opened = wired.conversations._renderer.render(Spoken(ANSWER), "HB-0", wired.review.clock())
    return opened.body["text"]


async def approved(staff: Staff, **other: str) -> tuple[Browser, str]:
    author, second = await staff("editor"), await staff("editor")
    version = await drafted(author, **other)
    await second.post(f"/staff/answers/versions/{version}", state="approved")
    return second, version


async def test_a_draft_is_read_by_nobody(wired: Services, staff: Staff) -> None:
    before = await says(wired)
    await drafted(await staff("editor"))
    assert await says(wired) == before


async def test_nobody_approves_their_own_draft(wired: Services, staff: Staff) -> None:
    author = await staff("editor")
    version = await drafted(author)
    answer = await author.post(f"/staff/answers/versions/{version}", state="approved")
    assert answer.status_code == 409
    assert await says(wired) != WORDS["text"]


async def test_an_approved_draft_is_what_the_bot_says(wired: Services, staff: Staff) -> None:
    await approved(staff)
    assert await says(wired) == WORDS["text"]


async def test_one_button_brings_the_old_words_back(wired: Services, staff: Staff) -> None:
    before = await says(wired)
    second, version = await approved(staff)
    await second.post(f"/staff/answers/versions/{version}", state="withdrawn")
    assert await says(wired) == before


async def test_words_end_with_their_last_day_and_ask_to_be_looked_at(
    wired: Services, staff: Staff, clock
) -> None:
    before = await says(wired)
    await approved(staff, valid_until="2026-11-24")
    assert await says(wired) == WORDS["text"]
    clock.move(days=2)
    assert await says(wired) == before
    assert "期限が過ぎて" in (await (await staff("reader")).get("/staff/answers")).text


async def test_old_replies_keep_the_words_of_their_day(wired: Services, staff: Staff) -> None:
    opened = await wired.conversations.open("web")
    before = opened.said[0].reply.body["text"]
    author, second = await staff("editor"), await staff("editor")
    await author.post("/staff/answers/opening", **WORDS)
    page = (await author.get("/staff/answers/opening")).text
    await second.post(f"/staff/answers/versions/{VERSION.search(page)[1]}", state="approved")
    await wired.review.overlay.step()
    assert (await wired.conversations.open("web")).said[0].reply.body["text"] == WORDS["text"]
    history = await wired.conversations.history(opened.conversation.id)
    assert history.said[0].reply.body["text"] == before


@pytest.mark.parametrize(
    "other",
    [{"text": ""}, {"text": "あ" * 81}, {"details": "1\n2\n3\n4"}, {"text": "{nothing}です"},
     {"text": "{0.__class__}"}, {"text": "{"}, {"text": "{helpdesk_number:>9}"},
     {"text": "あ" * 20 + "{helpdesk}"},
     {"valid_from": "2026-12-02", "valid_until": "2026-12-01"}],
)  # fmt: skip
async def test_words_the_files_may_not_hold_are_refused(staff: Staff, other: dict) -> None:
    answer = await (await staff("editor")).post(f"/staff/answers/{ANSWER}", **{**WORDS, **other})
    assert answer.status_code == 422


async def test_looking_at_the_official_page_sets_its_date(wired: Services, staff: Staff) -> None:
    source = wired.catalogue[ANSWER].entry.source
    await (await staff("editor")).post(f"/staff/answers/{ANSWER}/checked")
    assert str(wired.catalogue.sources[source].verified_live_on) == "2026-11-23"


async def test_the_export_holds_whole_entries_of_what_was_changed(staff: Staff) -> None:
    second, _ = await approved(staff)
    content = (await second.get("/staff/answers/export")).text
    entries = yaml.safe_load(content)
    assert list(entries) == [ANSWER]
    assert entries[ANSWER]["text"] == WORDS["text"]
    assert entries[ANSWER]["topic"] == ANSWER


async def test_the_preview_escapes_what_is_typed(staff: Staff) -> None:
    editor = await staff("editor")
    page = await editor.post(f"/staff/answers/{ANSWER}/preview", text="<script>alert(1)</script>")
    assert "<script>" not in page.text


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(AnswerInvalid):
        Draft("a", "", "b", "", valid_from="tomorrow").days()


class TestNotices:
    FORM: ClassVar = {"text": "今夜20時からサイトが止まります", "channels": ["web"],
            "starts": "2026-11-23T00:00", "ends": "2026-11-24T00:00"}  # fmt: skip

    async def test_a_notice_leads_a_new_conversation(self, wired: Services, staff: Staff) -> None:
        await (await staff("editor")).post("/staff/notices", **self.FORM)
        said = (await wired.conversations.open("web")).said
        assert self.FORM["text"] in said[0].reply.body["text"]
        assert said[1].reply.answer_id == "opening"

    async def test_a_notice_that_is_refused_says_what_may_be_wrong(self, staff: Staff) -> None:
        ended = {**self.FORM, "ends": "2026-11-22T00:00"}
        refused = await (await staff("editor")).post("/staff/notices", **ended)
        assert refused.status_code == 422
        assert "「いつまで」" in refused.text

    async def test_a_notice_that_is_refused_is_still_in_the_form(self, staff: Staff) -> None:
        ended = {**self.FORM, "ends": "2026-11-22T00:00"}
        refused = await (await staff("editor")).post("/staff/notices", **ended)
        assert f"required>{self.FORM['text']}</textarea>" in refused.text

    async def test_it_is_said_on_its_channels_only(self, wired: Services, staff: Staff) -> None:
        await (await staff("editor")).post("/staff/notices", **self.FORM)
        assert wired.conversations._notices.current("line", wired.review.clock()) == []

    async def test_it_ends_with_its_time(self, wired: Services, staff: Staff, clock) -> None:
        await (await staff("editor")).post("/staff/notices", **self.FORM)
        clock.move(hours=4)
        assert len((await wired.conversations.open("web")).said) == 1

    async def test_it_ends_when_it_is_taken_down(self, wired: Services, staff: Staff) -> None:
        editor = await staff("editor")
        await editor.post("/staff/notices", **self.FORM)
        notice = (await wired.review.notices.latest())[0]
        await editor.post(f"/staff/notices/{notice.id}/withdraw")
        assert len((await wired.conversations.open("web")).said) == 1

    async def test_an_open_conversation_hears_it_once_and_whenever_it_asks(
        self, wired: Services, staff: Staff
    ) -> None:
        await (await staff("editor")).post("/staff/notices", **self.FORM)
        board, now = wired.conversations._notices, wired.review.clock()
        assert len(board.leading("web", now, [Spoken("menu")], [])) == 1
        said = [each.reply for each in (await wired.conversations.open("web")).said]
        heard = [Remembered(each.answer_id, None, False, each.body["text"]) for each in said]
        assert board.leading("web", now, [Spoken("menu")], heard) == []
        assert len(board.leading("web", now, [Spoken("maintenance_status")], heard)) == 1
