import asyncio
import re

import pytest

from api.kit.ids import new_id
from api.review.queue.agreement import kappa
from api.review.queue.repository import SECOND
from api.wiring import Services
from tests.api.review.conftest import Browser, Staff
from tests.api.review.told import Teller, Told

ITEM = re.compile(r'action="/staff/queue/(m-\w+)"')


async def shown(browser: Browser) -> str | None:
    found = ITEM.search((await browser.get("/staff/queue")).text)
    return found[1] if found else None


async def test_what_teaches_most_comes_first(teller: Teller, staff: Staff) -> None:
    await teller.tell(Told("パスワードを忘れました", confidence=0.99, second=0.0))
    _, close = await teller.tell(Told("登録できない", confidence=0.45, second=0.4))
    _, missed = await teller.tell(Told("これは何", intent="nlu_fallback", confidence=0.3))
    _, bad = await teller.tell(Told("届かない", confidence=0.99, second=0.0, solved=False))
    browser, order = await staff("reviewer"), []
    for _ in range(3):
        order.append(await shown(browser))
        await browser.post(f"/staff/queue/{order[-1]}", verdict="right")
    assert order == [bad[0].id, missed[0].id, close[0].id]


async def test_two_reviewers_never_hold_the_same_message(teller: Teller, staff: Staff) -> None:
    for number in range(6):
        await teller.tell(Told(f"困った{number}"))
    browsers = [await staff("reviewer") for _ in range(4)]
    held = await asyncio.gather(*(shown(browser) for browser in browsers))
    assert len(set(held)) == 4


async def test_what_another_holds_cannot_be_judged(teller: Teller, staff: Staff) -> None:
    await teller.tell(Told("困った"))
    first, second = await staff("reviewer"), await staff("reviewer")
    held = await shown(first)
    assert (await second.post(f"/staff/queue/{held}", verdict="right")).status_code == 409


async def test_after_ten_minutes_another_may_have_it(teller: Teller, staff: Staff, clock) -> None:
    await teller.tell(Told("困った"))
    held = await shown(await staff("reviewer"))
    clock.move(minutes=11)
    assert await shown(await staff("reviewer")) == held


async def test_a_skipped_message_goes_to_others(teller: Teller, staff: Staff) -> None:
    await teller.tell(Told("困った"))
    first = await staff("reviewer")
    held = await shown(first)
    await first.post(f"/staff/queue/{held}/skip")
    assert await shown(first) is None
    assert await shown(await staff("reviewer")) == held


async def test_one_in_five_is_judged_by_a_second_person(teller: Teller, staff: Staff) -> None:
    told = [(await teller.tell(Told(f"困った{number}")))[1][0] for number in range(10)]
    # Ids are random: about a fifth of them are the second person's too, always the same ones.
    twice = [each.id for each in told if each.id[2] in SECOND]
    counts = []
    for browser in [await staff("reviewer"), await staff("reviewer")]:
        count = 0
        while held := await shown(browser):
            await browser.post(f"/staff/queue/{held}", verdict="right")
            count += 1
        counts.append(count)
    assert counts == [10, len(twice)]


def test_about_one_in_five_ids_is_for_two() -> None:
    ids = [new_id("m") for _ in range(5000)]
    assert 0.15 < sum(each[2] in SECOND for each in ids) / len(ids) < 0.23


async def test_a_wrong_verdict_needs_the_right_topic(teller: Teller, staff: Staff) -> None:
    await teller.tell(Told("困った"))
    browser = await staff("reviewer")
    held = await shown(browser)
    assert (await browser.post(f"/staff/queue/{held}", verdict="wrong")).status_code == 422


async def test_tags_and_notes_are_masked(wired: Services, teller: Teller, staff: Staff) -> None:
    conversation, _ = await teller.tell(Told("困った"))
    browser = await staff("reviewer")
    held = await shown(browser)
    await browser.post(
        f"/staff/queue/{held}", verdict="right", note="電話は090-1234-5678", tags="急ぎ 要確認"
    )
    page = await browser.get("/staff/conversations", tag="急ぎ")
    assert conversation in page.text
    from api.review.queue.repository import QueueRepository

    async with wired.database.reading() as session:
        verdicts = await QueueRepository(session).verdicts(conversation)
    assert "5678" not in (verdicts[0].note or "")


async def test_a_note_is_read_beside_its_message(teller: Teller, staff: Staff) -> None:
    conversation, _ = await teller.tell(Told("困った"))
    browser = await staff("reviewer")
    held = await shown(browser)
    await browser.post(f"/staff/queue/{held}", verdict="right", note="二度目です", tags="急ぎ")
    page = (await (await staff("reader")).get(f"/staff/conversations/{conversation}")).text
    assert all(each in page for each in ("二度目です", "急ぎ", "合っている"))


async def test_whoever_judges_does_not_see_what_the_first_one_thought(
    teller: Teller, staff: Staff
) -> None:
    conversation, messages = await teller.tell(Told("困った"))
    first, second = await staff("reviewer"), await staff("reviewer")
    held = await shown(first)
    await first.post(f"/staff/queue/{held}", verdict="right", note="二度目です")
    path = f"/staff/conversations/{conversation}"
    assert "二度目です" not in (await second.get(path, judging=messages[0].id)).text


@pytest.mark.parametrize(
    ("pairs", "wanted"),
    [
        ([("a", "a"), ("b", "b")], 1.0),
        ([("a", "b"), ("b", "a")], -1.0),
        # 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: the textbook's 0.4.
        ([("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15, 0.4),
    ],
)
def test_kappa_is_cohens(pairs: list, wanted: float) -> None:
    assert kappa(pairs) == pytest.approx(wanted)
