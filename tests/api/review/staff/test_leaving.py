"""How a session ends, and what stands in the record of it."""

from collections.abc import Callable

import pytest

from api.review.door.cookie import NAME
from api.wiring import Services
from tests.api.conftest import MovingClock
from tests.api.review.conftest import Browser, Staff


@pytest.fixture
async def member(wired: Services) -> tuple[str, str]:
    return "hanako", await wired.review.members.create("hanako", "花子", "reviewer")


async def done(wired: Services, staff_id: str | None = None) -> list[str]:
    return [row.action for row, _ in await wired.review.audit.latest(staff_id)]


async def test_whoever_was_signed_out_for_idling_is_told_why(
    staff: Staff, clock: MovingClock
) -> None:
    browser = await staff("reviewer")
    clock.move(minutes=31)
    led = (await browser.post("/staff/logout")).headers["location"]
    assert "自動で出ました" in (await browser.get(led)).text


async def test_whoever_was_never_in_is_not_told_of_idling(
    browsers: Callable[[], Browser],
) -> None:
    browser = browsers()
    led = (await browser.get("/staff/queue")).headers["location"]
    assert "自動で出ました" not in (await browser.get(led)).text


async def test_whoever_sat_there_before_is_signed_out(
    staff: Staff, browsers: Callable[[], Browser], member: tuple[str, str]
) -> None:
    browser = await staff("reviewer")
    token = browser.client.cookies[NAME]
    await browser.post("/staff/login", name=member[0], password=member[1])
    other = browsers()
    other.client.cookies.set(NAME, token, domain="bot.test")
    assert (await other.get("/staff/me")).status_code == 303


async def test_leaving_stands_in_the_record(staff: Staff, wired: Services) -> None:
    browser = await staff("reviewer")
    await browser.post("/staff/logout")
    assert await done(wired, browser.staff_id) == ["signed_out"]


async def test_a_wrong_password_stands_in_the_record(
    browsers: Callable[[], Browser], wired: Services, member: tuple[str, str]
) -> None:
    await browsers().post("/staff/login", name=member[0], password="not-the-one")
    assert (await done(wired))[0] == "sign_in_failed"


async def test_a_name_that_is_nobodys_is_not_written_down(
    browsers: Callable[[], Browser], wired: Services
) -> None:
    await browsers().post("/staff/login", name="my-password", password="x")
    assert await done(wired) == []


async def test_an_administrator_who_gives_the_role_away_is_led_on(staff: Staff) -> None:
    admin, _ = await staff("admin"), await staff("admin")
    led = await admin.post(f"/staff/members/{admin.staff_id}", role="reader", active="yes")
    assert led.headers["location"] == "/staff"


async def test_an_address_that_is_none_leads_back_into_the_console(staff: Staff) -> None:
    browser = await staff("reader")
    headers = {"Accept": "text/html"}
    answer = await browser.client.get("/staff/nowhere", headers=headers)
    assert (answer.status_code, 'href="/staff"' in answer.text) == (404, True)
