"""A link leads to a model that serves nobody yet; what is said there is nowhere afterwards."""

import asyncio
import re
import sys
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from api.review.guests.process import GuestModel
from api.review.teaching.models import READY, TrainedModel
from api.wiring import Services
from tests.api.review.conftest import Browser, Staff

FAKE = (sys.executable, str(Path(__file__).parent / "fake_model.py"))
SAID = "番号のメールが来ません"


def _tried(wired: Services) -> TrainedModel:
    return TrainedModel(
        id="t-1", state=READY, file="helpbot-2.tar.gz", base="helpbot-1.tar.gz", taught=1,
        started_at=wired.clock(),
    )  # fmt: skip


@pytest.fixture
async def link(wired: Services, staff: Staff) -> tuple[Browser, str]:
    """An editor and the path of a link to a model that was tried."""
    wired.review.guests.model = GuestModel(wired.clock, FAKE)
    async with wired.database.transaction() as session:
        session.add(_tried(wired))
    editor = await staff("editor")
    shown = await editor.post("/staff/teaching/models/t-1/guest")
    found = re.search(r'href="http[^"]*(/guest/[^"]+)"', shown.text)
    assert found, shown.text
    return editor, found.group(1)


async def say(wired: Services, browser: Browser, path: str, words: str) -> httpx.Response:
    """Write as the page's form does."""
    origin = {"Origin": wired.settings.public_url}
    return await browser.client.post(path, data={"text": words}, headers=origin)


async def test_the_candidate_answers_in_the_words_of_the_catalogue(
    wired: Services, link: tuple[Browser, str]
) -> None:
    shown = await say(wired, *link, SAID)
    assert shown.status_code == 200
    assert wired.catalogue["otp_not_received"].entry.text in shown.text
    await wired.review.guests.model.close()


async def test_every_page_says_that_it_is_a_test(link: tuple[Browser, str]) -> None:
    shown = await link[0].client.get(link[1])
    assert "試験用のページです" in shown.text


async def test_nothing_that_is_said_is_in_any_table(
    wired: Services, link: tuple[Browser, str]
) -> None:
    await say(wired, *link, SAID)
    async with wired.database.reading() as session:
        for table in ("conversations", "inbox", "replies", "outbox"):
            count = await session.scalar(text(f"select count(*) from {table}"))  # noqa: S608
            assert count == 0, table
    await wired.review.guests.model.close()


async def test_what_is_personal_is_masked_for_the_model_too(
    wired: Services, link: tuple[Browser, str]
) -> None:
    shown = await say(wired, *link, "hanako@example.jp に番号が来ません")
    assert "hanako" not in shown.text
    await wired.review.guests.model.close()


async def test_a_model_that_breaks_is_told_with_a_way_on(
    wired: Services, link: tuple[Browser, str]
) -> None:
    shown = await say(wired, *link, "壊れた")
    assert shown.status_code == 503
    assert "もう一度お試しください" in shown.text
    assert "壊れた" in shown.text


@pytest.mark.parametrize("change", [lambda path: path[:-1] + "x", lambda path: "/guest/t-1.9.x"])
async def test_an_edited_link_leads_nowhere(link: tuple[Browser, str], change) -> None:
    shown = await link[0].client.get(change(link[1]))
    assert shown.status_code == 404
    assert "もう使えません" in shown.text


async def test_after_a_week_a_link_is_over(wired: Services, link: tuple[Browser, str]) -> None:
    now = wired.clock()
    wired.review.guests._links._clock = lambda: now.replace(year=now.year + 1)
    assert (await link[0].client.get(link[1])).status_code == 404


async def test_a_form_of_another_site_is_refused(link: tuple[Browser, str]) -> None:
    origin = {"Origin": "https://evil.example"}
    answer = await link[0].client.post(link[1], data={"text": SAID}, headers=origin)
    assert answer.status_code == 422


async def test_who_may_only_review_makes_no_link(
    wired: Services, staff: Staff, link: tuple[Browser, str]
) -> None:
    reviewer = await staff("reviewer")
    assert (await reviewer.post("/staff/teaching/models/t-1/guest")).status_code == 403


async def test_who_goes_away_leaves_no_answer_to_the_next(
    wired: Services, link: tuple[Browser, str]
) -> None:
    model = wired.review.guests.model
    going = asyncio.create_task(say(wired, *link, "待って"))
    await asyncio.sleep(0.5)
    going.cancel()
    await asyncio.gather(going, return_exceptions=True)
    assert model._process is None


async def test_the_process_ends_when_nobody_talks(
    wired: Services, link: tuple[Browser, str]
) -> None:
    await say(wired, *link, SAID)
    model = wired.review.guests.model
    process, now = model._process, wired.clock()
    assert process is not None
    model._clock = lambda: now.replace(year=now.year + 1)
    await model.step()
    assert process.returncode is not None
