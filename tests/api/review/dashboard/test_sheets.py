import csv
import io
import re
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

import pytest

from api.review.dashboard.charts import drawn
from api.review.dashboard.figures import Turn, by_day
from api.review.dashboard.sheets import Sheet, Sheets
from api.wiring import Services
from tests.api.review.conftest import Staff
from tests.api.review.told import Teller, Told

# Half past nine on a Monday in Tokyo.
MONDAY = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
SVG = "{http://www.w3.org/2000/svg}"


async def table(staff: Staff, name: str) -> list[list[str]]:
    answer = await (await staff("reader")).get(f"/staff/dashboard/{name}.csv")
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.fixture
def sheets(wired: Services) -> Sheets:
    return Sheets(wired.review.names, {"otp_expired": "now"})


def test_a_day_without_a_message_has_none() -> None:
    turns = [
        Turn("a", "web", "x", "answered", MONDAY + timedelta(days=days), None) for days in (0, 2)
    ]
    assert by_day(turns, date(2026, 11, 23), date(2026, 11, 26)) == [
        (date(2026, 11, 23), 1),
        (date(2026, 11, 24), 0),
        (date(2026, 11, 25), 1),
        (date(2026, 11, 26), 0),
    ]


def test_what_came_before_the_first_day_is_not_lost() -> None:
    turns = [Turn("a", "web", "x", "answered", MONDAY, None)]
    counted = by_day(turns, date(2026, 11, 24), date(2026, 11, 24))
    assert counted == [(date(2026, 11, 23), 1), (date(2026, 11, 24), 0)]


@pytest.mark.parametrize("name", ["days", "missed"])
async def test_every_day_of_the_four_weeks_has_a_row(
    teller: Teller, staff: Staff, name: str
) -> None:
    await teller.tell(Told("a", intent="nlu_fallback"))
    _, *rows = await table(staff, name)
    assert [rows[0], *rows[-2:]] == [
        ["2026/10/26", "0"], ["2026/11/22", "0"], ["2026/11/23", "1"]
    ]  # fmt: skip
    assert len(rows) == 29


async def test_the_page_writes_days_as_everywhere_else(teller: Teller, staff: Staff) -> None:
    await teller.tell(Told("a"))
    page = (await (await staff("reader")).get("/staff/dashboard")).text
    assert '<th scope="row">2026/11/22</th><td class="number">0</td>' in page
    assert re.findall(r"\d{4}-\d\d-\d\d", page) == []


async def test_a_chart_of_days_shows_the_empty_ones(teller: Teller, staff: Staff) -> None:
    await teller.tell(Told("a"))
    chart = (await (await staff("reader")).get("/staff/dashboard/days.svg")).text
    assert "2026/11/01" in chart


async def test_the_heat_map_is_a_table_too(teller: Teller, staff: Staff) -> None:
    await teller.tell(Told("a"))
    head, monday, *_ = await table(staff, "hours")
    assert (head[0], head[1], head[-1]) == ("曜日", "0時", "23時")
    # 21 o'clock in Tokyo, see the clock of tests/api.
    assert [monday[0], *[n for n, count in enumerate(monday[1:]) if count == "1"]] == ["月", 21]


async def test_waits_are_a_table_too(teller: Teller, staff: Staff) -> None:
    await teller.tell(Told("a"))
    head, *rows = await table(staff, "waits")
    assert head == ["どの答えか", "秒"]
    assert [row[1] for row in rows] == ["0.0", "0.0"]


async def test_the_worst_answers_are_a_table_too(
    wired: Services, teller: Teller, staff: Staff
) -> None:
    await teller.tell(Told("a", solved=False), Told("b", solved=True))
    title = wired.catalogue["otp_not_received"].entry.title
    assert await table(staff, "worst") == [
        ["答え", "文", "解決しない", "評価の数"], [title, "前の文", "1", "2"]
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["hours", "waits", "worst"])
async def test_the_page_leads_to_each_table(teller: Teller, staff: Staff, name: str) -> None:
    await teller.tell(Told("a", solved=False))
    page = (await (await staff("reader")).get("/staff/dashboard")).text
    assert f'href="/staff/dashboard/{name}.csv"' in page


@pytest.mark.parametrize("name", ["hours", "waits", "worst"])
async def test_what_is_no_chart_is_not_drawn(staff: Staff, name: str) -> None:
    answer = await (await staff("reader")).get(f"/staff/dashboard/{name}.svg")
    assert answer.status_code == 404


def test_earlier_words_of_an_answer_are_counted_together(sheets: Sheets) -> None:
    rated = [("otp_expired", "0a1b", 2, 3), ("otp_expired", "2c3d", 1, 1),
             ("otp_expired", "now", 1, 9)]  # fmt: skip
    rows = [row[1:] for row in sheets.worst(rated).rows]
    assert rows == [("前の文", 3, 4), ("いまの文", 1, 9)]


def test_an_answer_that_always_helped_is_not_among_the_worst(sheets: Sheets) -> None:
    assert sheets.worst([("otp_expired", "now", 0, 9)]).rows == []


def test_a_label_is_not_cut_off_at_the_left() -> None:
    label = "あいうえおかきくけこさしすせそたちつてと"
    chart = ElementTree.fromstring(drawn(Sheet("a", ("b", "c"), [(label, 5), ("い", 1)])))  # noqa: S314
    plot = next(each for each in chart.iter(f"{SVG}g") if each.get("class") == "plot")
    left = float(re.findall(r"[\d.]+", plot.get("transform", ""))[0])
    text = next(each for each in chart.iter(f"{SVG}text") if each.text == label)
    # Labels end at their x, and each of their letters is as wide as it is high.
    assert left + float(text.get("x", "0")) - 14 * len(label) >= 0
