import csv
import io
import json
import re
from collections import Counter

import pytest

from api.review.export.csv import as_csv
from api.wiring import Services
from tests.api.review.conftest import Browser, Staff
from tests.api.review.told import Teller, Told

SAID = "届かない、\n改行と,コンマ"


@pytest.fixture
async def editor(teller: Teller, staff: Staff) -> Browser:
    """An editor who has judged a message and put two tags on its conversation."""
    _, messages = await teller.tell(Told(SAID, confidence=0.873, channel="line"), Told("次"))
    browser = await staff("editor")
    await browser.post(f"/staff/queue/{messages[0].id}", verdict="wrong", topic="otp_expired",
                       note="内緒のメモ", tags="急ぎ 番号")  # fmt: skip
    return browser


async def table(browser: Browser) -> list[dict[str, str]]:
    content = (await browser.get("/staff/export.csv")).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1"])
def test_no_text_becomes_a_formula(text: str) -> None:
    assert as_csv(["a"], [[text]]).splitlines()[1].strip('"').startswith("'")


async def test_excel_takes_the_table_for_utf_8(editor: Browser) -> None:
    assert (await editor.get("/staff/export.csv")).content.startswith(b"\xef\xbb\xbf")


async def test_an_export_brings_labels_back(wired: Services, editor: Browser) -> None:
    row = (await table(editor))[0]
    title = wired.catalogue["otp_expired"].entry.title
    assert (row["判断"], row["正しい話題"], row["しるし"]) == ("違っている", title, "急ぎ 番号")


async def test_text_stays_as_it_was_written(editor: Browser) -> None:
    assert (await table(editor))[0]["利用者の言葉"] == SAID


async def test_a_row_says_what_the_pages_say(wired: Services, editor: Browser) -> None:
    row = (await table(editor))[0]
    assert {name: row[name] for name in ("いつ", "窓口", "受け取った話題", "自信", "結果")} == {
        "いつ": "2026/11/23 21:00",
        "窓口": "LINE",
        "受け取った話題": wired.catalogue["otp_not_received"].entry.title,
        "自信": "87%",
        "結果": "答えた",
    }


async def test_rows_of_one_conversation_have_one_number(editor: Browser, teller: Teller) -> None:
    await teller.tell(Told("別の会話"))
    # All came at the same moment: which conversation stands first is not said.
    counted = Counter(row["会話"] for row in await table(editor))
    assert (set(counted), sorted(counted.values())) == ({"1", "2"}, [1, 2])


async def test_the_table_holds_no_id_but_the_receipt(editor: Browser) -> None:
    content = (await editor.get("/staff/export.csv")).text
    assert re.findall(r"\b[cmr]-\w+|otp_\w+|model-\w+", content) == []
    assert re.fullmatch(r"HB-\w{4}-\w{4}", (await table(editor))[0]["受付番号"])


async def test_notes_stay_in_the_console(editor: Browser) -> None:
    assert "内緒" not in (await editor.get("/staff/export.csv")).text


async def test_programs_get_ids_and_tags(editor: Browser) -> None:
    row = json.loads((await editor.get("/staff/export.jsonl")).text.splitlines()[0])
    assert (row["intent"], row["tags"]) == ("otp_not_received", ["急ぎ", "番号"])
    assert row["message"].startswith("m-")


async def test_an_export_leaves_a_row(wired: Services, editor: Browser) -> None:
    await table(editor)
    ((row, _),) = await wired.review.audit.latest(action="exported")
    assert row.detail == {"filters": "", "rows": 2, "kind": "csv"}


def test_no_two_topics_share_a_title(wired: Services) -> None:
    titles = [title for _, title in wired.review.topics]
    assert len(set(titles)) == len(titles)
