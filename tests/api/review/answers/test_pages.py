"""What staff see of answers: as people will see them, and nothing typed is lost."""

import re
from datetime import date

import pytest
import yaml

from api.content.schemas import Source
from api.wiring import Services
from tests.api.review.answers.test_answers import ANSWER, WORDS, approved, drafted
from tests.api.review.conftest import Staff

GAP = "受付は{helpdesk_number}です。"
FILLED = "受付は0570-077450です。"


async def previewed(staff: Staff, **typed: str) -> str:
    return (await (await staff("editor")).post(f"/staff/answers/{ANSWER}/preview", **typed)).text


async def test_the_list_holds_no_gap(staff: Staff) -> None:
    page = (await (await staff("reader")).get("/staff/answers")).text
    assert "0570-077450" in page
    assert re.findall(r"{\w+}", page) == []


async def test_a_preview_is_filled_in_each_of_the_three_forms(staff: Staff) -> None:
    assert (await previewed(staff, text=GAP)).count(FILLED) == 3


async def test_a_preview_tells_the_hours_of_now(staff: Staff) -> None:
    # 21 o'clock on a holiday, see the clock of tests/api.
    assert "11月24日（火）の9時30分" in await previewed(staff, text="{helpdesk_now}")


async def test_what_only_a_turn_knows_is_named(staff: Staff) -> None:
    assert "（受付番号）を控えて" in await previewed(staff, text="{receipt}を控えて")


@pytest.mark.parametrize("text", ["{helpde", "まだ{", "{nothing}です"])
async def test_what_is_no_gap_stays_as_it_is_typed(staff: Staff, text: str) -> None:
    assert text in await previewed(staff, text=text)


async def test_a_preview_does_not_follow_a_format(staff: Staff) -> None:
    assert len(await previewed(staff, text="{helpdesk_number:>99999}")) < 9999


async def test_a_preview_counts_what_is_shown(staff: Staff) -> None:
    assert f"{len(FILLED)}文字" in await previewed(staff, text=GAP)


async def test_the_easy_words_are_previewed_too(staff: Staff) -> None:
    assert FILLED in await previewed(staff, text="a", easy_text=GAP)


async def test_what_the_braces_are_stands_beside_the_field(staff: Staff) -> None:
    page = (await (await staff("editor")).get(f"/staff/answers/{ANSWER}")).text
    explained = re.search(r'id="braces">([^<]+)<', page)
    assert explained
    assert "電話番号" in explained[1]
    assert explained[1].count("。") == 1


async def test_who_approves_a_draft_sees_its_three_forms(staff: Staff) -> None:
    await drafted(await staff("editor"), text=GAP)
    page = (await (await staff("editor")).get(f"/staff/answers/{ANSWER}")).text
    assert "<details open><summary>この版の見え方" in page
    version = page.split("この版の見え方")[1].split("承認して出す")[0]
    assert re.findall("<h3>(.*?)</h3>", version) == ["ホームページ", "LINE", "Slack"]
    assert version.count(FILLED) == 3


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"valid_from": "2026-12-02", "valid_until": "2026-12-01"}, "より前になっています"),
        ({"valid_from": "tomorrow"}, "日付が読み取れません"),
        ({"text": " "}, "最初の一歩が空です"),
        ({"text": "あ" * 81}, "80文字を超えています"),
        ({"details": "1\n2\n3\n4"}, "「くわしく」は3行まで"),
        ({"easy_text": "あ" * 81}, "やさしい日本語は"),
        ({"text": "{nothing}です"}, "使えない言葉"),
        ({"text": "あ{"}, "組になっていません"),
    ],
)
async def test_a_refused_draft_says_what_is_wrong(staff: Staff, wrong: dict, reason: str) -> None:
    answer = await (await staff("editor")).post(f"/staff/answers/{ANSWER}", **{**WORDS, **wrong})
    assert reason in answer.text.split('role="alert"')[1].split("</p>")[0]


async def test_a_refused_draft_stays_in_the_form(staff: Staff) -> None:
    typed = {**WORDS, "valid_from": "2026-12-02", "valid_until": "2026-12-01"}
    page = (await (await staff("editor")).post(f"/staff/answers/{ANSWER}", **typed)).text
    form = page.split('class="wide"')[1].split("</form>")[0]
    kept = [typed[name] for name in ("text", "details", "easy_text", "valid_from", "valid_until")]
    assert [each for each in kept if each not in form] == []


async def test_a_refused_draft_is_not_written_down(wired: Services, staff: Staff) -> None:
    await (await staff("editor")).post(f"/staff/answers/{ANSWER}", **{**WORDS, "text": ""})
    assert await wired.review.answers.versions(ANSWER) == []


async def test_a_look_at_the_official_page_is_exported(wired: Services, staff: Staff) -> None:
    editor, source = await staff("editor"), wired.catalogue[ANSWER].entry.source
    await editor.post(f"/staff/answers/{ANSWER}/checked")
    content = (await editor.get("/staff/answers/export")).text
    assert content.startswith("# data/sources.yml")
    (entry,) = yaml.safe_load(content).items()
    assert entry[0] == source
    assert entry[1]["verified_live_on"] == date(2026, 11, 23)
    assert entry[1]["url"] == wired.catalogue.sources[source].url


async def test_the_files_take_what_is_exported_of_a_page(wired: Services, staff: Staff) -> None:
    editor, source = await staff("editor"), wired.catalogue[ANSWER].entry.source
    await editor.post(f"/staff/answers/{ANSWER}/checked")
    entries = yaml.safe_load((await editor.get("/staff/answers/export")).text)
    assert Source(**entries[source]) == wired.catalogue.sources[source]


async def test_words_and_a_look_are_exported_together(wired: Services, staff: Staff) -> None:
    second, _ = await approved(staff)
    await second.post(f"/staff/answers/{ANSWER}/checked")
    entries = yaml.safe_load((await second.get("/staff/answers/export")).text)
    assert list(entries) == [ANSWER, wired.catalogue[ANSWER].entry.source]


async def test_where_nothing_was_changed_a_page_says_so(staff: Staff) -> None:
    answer = await (await staff("editor")).get("/staff/answers/export")
    assert "<h1>変えた答えはありません</h1>" in answer.text
    assert "content-disposition" not in answer.headers


async def test_where_nothing_was_handed_out_no_row_says_it_was(
    wired: Services, staff: Staff
) -> None:
    await (await staff("editor")).get("/staff/answers/export")
    assert await wired.review.audit.latest(action="answers_exported") == []
