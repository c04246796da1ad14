from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

from api.review.dashboard.figures import Share, Turn, asked_again, by_hour, handed_over, waits
from api.review.unanswered.grouping import grouped
from api.wiring import Services
from tests.api.review.conftest import Staff
from tests.api.review.told import Teller, Told

MONDAY = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)  # half past nine in Tokyo


def turn(conversation: str, topic: str, minutes: float = 0, outcome: str = "answered") -> Turn:
    received = MONDAY + timedelta(minutes=minutes)
    return Turn(conversation, "web", topic, outcome, received, received + timedelta(seconds=2))


def test_the_interval_is_wilsons() -> None:
    # 8 of 10, from the formula worked by hand.
    low, high = Share(8, 10).interval
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)


def test_asked_again_counts_conversations_with_one_topic_twice_in_a_day() -> None:
    turns = [turn("a", "otp"), turn("a", "otp", 10), turn("b", "otp"), turn("b", "pw", 5),
             turn("c", "otp"), turn("c", "otp", 25 * 60)]  # fmt: skip
    assert asked_again(turns) == Share(1, 3)


def test_handed_over_counts_conversations() -> None:
    turns = [turn("a", "x"), turn("a", "x", 1, "handed_over"), turn("b", "x")]
    assert handed_over(turns) == Share(1, 2)


def test_hours_are_those_of_tokyo() -> None:
    assert by_hour([turn("a", "x")]) == {(0, 9): 1}


def test_waits_are_middle_and_slow() -> None:
    assert waits([turn("a", "x")]) == (2.0, 2.0)


async def test_the_figures_equal_a_count_by_hand(
    wired: Services, teller: Teller, staff: Staff
) -> None:
    await teller.tell(Told("a", solved=True), Told("b", intent="nlu_fallback"))
    await teller.tell(Told("c", solved=True, channel="line"))
    _, wrong = await teller.tell(Told("d", solved=False, intent="otp_expired"))
    browser = await staff("reviewer")
    await browser.post(f"/staff/queue/{wrong[0].id}", verdict="wrong", topic="password_forgot")
    shown = await wired.review.dashboard.dashboard()
    assert shown.headline["judged"] == Share(0, 1)
    assert shown.headline["solved"] == Share(2, 3)
    assert shown.headline["handed"] == Share(0, 3)
    assert [row[1] for row in shown.charts["channels"].rows] == [1, 3]
    assert sum(row[1] for row in shown.charts["missed"].rows) == 1
    assert [row[2] for row in shown.tables["worst"].rows] == [1]


async def test_the_first_figure_is_the_share_right_in_the_reviewed_sample(
    staff: Staff, teller: Teller
) -> None:
    await teller.tell(Told("a"))
    page = (await (await staff("reader")).get("/staff/dashboard")).text
    headings = [part.split("<")[0] for part in page.split("<h2>")[1:]]
    assert headings[0] == "レビューで正しかった割合"
    assert not any("答えた" in each for each in headings[:4])


async def test_a_chart_is_an_svg_without_script(staff: Staff, teller: Teller) -> None:
    await teller.tell(Told("a"))
    answer = await (await staff("reader")).get("/staff/dashboard/topics.svg")
    names = {each.tag.rsplit("}", 1)[-1] for each in ElementTree.fromstring(answer.text).iter()}  # noqa: S314
    assert "svg" in names
    assert "script" not in names


async def test_the_table_behind_a_chart_opens_in_excel(staff: Staff, teller: Teller) -> None:
    await teller.tell(Told("a"))
    answer = await (await staff("reader")).get("/staff/dashboard/topics.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert "コードが届かない" in answer.text or ",1" in answer.text


def test_questions_that_ask_the_same_are_one_group_named_by_the_typical_one() -> None:
    texts = [
        "駐車場はありますか",
        "保育園を探したい",
        "駐車場ありますか",
        "駐車場はどこにありますか",
    ]
    groups = grouped(texts)
    assert [len(each.places) for each in groups] == [3, 1]
    assert texts[groups[0].places[0]] == "駐車場はありますか"
