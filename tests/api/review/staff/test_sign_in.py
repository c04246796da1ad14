from collections.abc import Callable
from datetime import datetime

import pyotp
import pytest

from api.review.door.cookie import NAME
from api.review.door.guard import safe_next
from api.review.staff.factor import SecondFactor
from api.wiring import Services
from tests.api.conftest import MovingClock
from tests.api.review.conftest import Browser, Staff
from tests.support.servers import TOKEN

NEW = "nagai-himitsu-no-kotoba"


@pytest.fixture
async def member(wired: Services) -> tuple[str, str]:
    """Somebody with a name and a password of their own."""
    first = await wired.review.members.create("hanako", "花子", "reviewer")
    return "hanako", first


async def arrived(browser: Browser, name: str, password: str) -> Browser:
    await browser.post("/staff/login", name=name, password=password)
    await browser.get("/staff/password")
    await browser.post("/staff/password", old=password, new=NEW)
    return browser


async def test_the_right_password_leads_in(
    browsers: Callable[[], Browser], member: tuple[str, str]
) -> None:
    browser = await arrived(browsers(), *member)
    assert "花子" in (await browser.get("/staff/me")).text


async def test_the_cookie_is_for_this_host_over_tls_and_out_of_reach_of_scripts(
    browsers: Callable[[], Browser], member: tuple[str, str]
) -> None:
    name, password = member
    answer = await browsers().post("/staff/login", name=name, password=password)
    cookie = answer.headers["set-cookie"]
    wanted = ("__Host-", "Secure", "HttpOnly", "SameSite=strict", "Path=/")
    assert all(part in cookie for part in wanted)
    assert "Domain" not in cookie


async def test_the_first_password_has_to_be_changed_first(
    browsers: Callable[[], Browser], member: tuple[str, str]
) -> None:
    browser = browsers()
    await browser.post("/staff/login", name=member[0], password=member[1])
    assert (await browser.get("/staff/me")).headers["location"] == "/staff/password"


async def test_the_first_password_cannot_be_kept(
    browsers: Callable[[], Browser], member: tuple[str, str]
) -> None:
    browser = browsers()
    await browser.post("/staff/login", name=member[0], password=member[1])
    await browser.get("/staff/password")
    kept = await browser.post("/staff/password", old=member[1], new=member[1])
    assert kept.status_code == 422


async def test_wrong_name_and_wrong_password_look_the_same(
    browsers: Callable[[], Browser], member: tuple[str, str]
) -> None:
    browser = browsers()
    wrong = await browser.post("/staff/login", name=member[0], password="x")
    nobody = await browser.post("/staff/login", name="nobody", password="x")
    assert (wrong.status_code, wrong.text) == (nobody.status_code, nobody.text)


async def test_five_failures_close_the_name_for_a_while(
    browsers: Callable[[], Browser], member: tuple[str, str], clock: MovingClock
) -> None:
    browser = browsers()
    for _ in range(5):
        await browser.post("/staff/login", name=member[0], password="x")
    refused = await browser.post("/staff/login", name=member[0], password=member[1])
    assert refused.status_code == 429
    clock.move(minutes=16)
    again = await browser.post("/staff/login", name=member[0], password=member[1])
    assert again.status_code == 303


async def test_a_session_given_before_signing_in_is_not_taken_over(
    browsers: Callable[[], Browser], member: tuple[str, str]
) -> None:
    browser = browsers()
    browser.client.cookies.set(NAME, "planted", domain="bot.test")
    answer = await browser.post("/staff/login", name=member[0], password=member[1])
    assert "planted" not in answer.headers["set-cookie"]
    stranger = browsers()
    stranger.client.cookies.set(NAME, "planted", domain="bot.test")
    assert (await stranger.get("/staff/me")).status_code == 303


async def test_half_an_hour_of_nothing_ends_a_session(staff: Staff, clock: MovingClock) -> None:
    browser = await staff("reviewer")
    clock.move(minutes=31)
    assert (await browser.get("/staff/me")).headers["location"].startswith("/staff/login")


async def test_no_session_outlives_eight_hours(staff: Staff, clock: MovingClock) -> None:
    browser = await staff("reviewer")
    for _ in range(24):
        clock.move(minutes=20)
        await browser.get("/staff/me")
    clock.move(minutes=5)
    assert (await browser.get("/staff/me")).status_code == 303


async def test_leaving_ends_the_session_on_the_server(
    staff: Staff, browsers: Callable[[], Browser]
) -> None:
    browser = await staff("reviewer")
    token = browser.client.cookies[NAME]
    await browser.post("/staff/logout")
    other = browsers()
    other.client.cookies.set(NAME, token, domain="bot.test")
    assert (await other.get("/staff/me")).status_code == 303


async def test_a_form_from_elsewhere_changes_nothing(staff: Staff) -> None:
    browser = await staff("reviewer")
    forged = await browser.client.post(
        "/staff/logout", data={"csrf": browser.csrf}, headers={"Origin": "https://evil.test"}
    )
    assert forged.status_code == 403
    assert (await browser.get("/staff/me")).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, 303),  # as Chromium sends it
        ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
        ({"Origin": "https://bot.test", "Sec-Fetch-Site": "cross-site"}, 403),
    ],
)
async def test_where_a_form_comes_from_is_looked_at(
    staff: Staff, headers: dict[str, str], status: int
) -> None:
    browser = await staff("reviewer")
    form = {"csrf": browser.csrf}
    answer = await browser.client.post("/staff/logout", data=form, headers=headers)
    assert answer.status_code == status


async def test_a_form_without_the_pages_token_changes_nothing(staff: Staff) -> None:
    browser = await staff("reviewer")
    browser.csrf = "guessed"
    assert (await browser.post("/staff/logout")).status_code == 403


async def test_a_form_with_anothers_token_changes_nothing(staff: Staff) -> None:
    browser, other = await staff("reviewer"), await staff("reviewer")
    browser.csrf = other.csrf
    assert (await browser.post("/staff/logout")).status_code == 403


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.test", "//evil.test", "/\\evil.test", "/staff//evil.test", "/staffx", "",
     "/staff/\\evil", "javascript:alert(1)", "/staff/\nLocation: x"],
)  # fmt: skip
def test_signing_in_leads_nowhere_else(wanted: str) -> None:
    assert safe_next(wanted) == "/staff"


def test_signing_in_leads_back_to_the_page_asked_for() -> None:
    assert safe_next("/staff/conversations?q=a") == "/staff/conversations?q=a"


class TestSecondFactor:
    @pytest.fixture
    async def admin(
        self, browsers: Callable[[], Browser], wired: Services, clock: MovingClock
    ) -> tuple[Browser, str, list[str]]:
        """An administrator with an app, its seed and the recovery codes."""
        browser = await arrived(browsers(), "admin", await wired.review.members.first_admin() or "")
        page = await browser.get("/staff/factor")
        seed = page.text.split("<code>")[1].split("<")[0]
        shown = await browser.post("/staff/factor", code=pyotp.TOTP(seed).at(clock.now))
        return browser, seed, [part.split("<")[0] for part in shown.text.split("<code>")[1:]]

    async def test_an_administrator_cannot_go_on_without_one(
        self, browsers: Callable[[], Browser], wired: Services
    ) -> None:
        browser = await arrived(browsers(), "admin", await wired.review.members.first_admin() or "")
        assert (await browser.get("/staff/members")).headers["location"] == "/staff/factor"

    async def test_the_code_is_asked_for_at_the_next_sign_in(
        self, admin: tuple[Browser, str, list[str]], browsers: Callable[[], Browser],
        clock: MovingClock,
    ) -> None:  # fmt: skip
        clock.move(minutes=2)
        browser = browsers()
        await browser.post("/staff/login", name="admin", password=NEW)
        assert (await browser.get("/staff/members")).headers["location"] == "/staff/code"
        await browser.get("/staff/code")
        await browser.post("/staff/code", code=pyotp.TOTP(admin[1]).at(clock.now))
        assert (await browser.get("/staff/members")).status_code == 200

    async def test_the_password_cannot_be_changed_before_the_code(
        self, admin: tuple[Browser, str, list[str]], browsers: Callable[[], Browser]
    ) -> None:
        browser = browsers()
        await browser.post("/staff/login", name="admin", password=NEW)
        assert (await browser.get("/staff/password")).headers["location"] == "/staff/code"

    async def test_a_code_works_once(
        self, admin: tuple[Browser, str, list[str]], browsers: Callable[[], Browser],
        clock: MovingClock,
    ) -> None:  # fmt: skip
        clock.move(minutes=2)
        answers = []
        for _ in range(2):
            browser = browsers()
            await browser.post("/staff/login", name="admin", password=NEW)
            await browser.get("/staff/code")
            answers.append(
                await browser.post("/staff/code", code=pyotp.TOTP(admin[1]).at(clock.now))
            )
        assert [answer.status_code for answer in answers] == [303, 403]

    async def test_a_recovery_code_works_once(
        self, admin: tuple[Browser, str, list[str]], browsers: Callable[[], Browser]
    ) -> None:
        answers = []
        for _ in range(2):
            browser = browsers()
            await browser.post("/staff/login", name="admin", password=NEW)
            await browser.get("/staff/code")
            answers.append(await browser.post("/staff/code", code=admin[2][0].upper()))
        assert [answer.status_code for answer in answers] == [303, 403]

    async def test_the_session_gets_a_new_cookie_after_the_code(
        self, admin: tuple[Browser, str, list[str]], browsers: Callable[[], Browser]
    ) -> None:
        browser = browsers()
        await browser.post("/staff/login", name="admin", password=NEW)
        before = browser.client.cookies[NAME]
        await browser.get("/staff/code")
        await browser.post("/staff/code", code=admin[2][1])
        assert browser.client.cookies[NAME] != before

    def test_no_seed_stands_in_the_database(self) -> None:
        assert SecondFactor(TOKEN).seed("nonce") != SecondFactor(TOKEN + "x").seed("nonce")

    def test_a_code_is_good_for_its_half_minute_and_its_neighbours(self) -> None:
        factor, now = SecondFactor(TOKEN), datetime.fromisoformat("2026-11-23T03:00:00+00:00")
        code = pyotp.TOTP(factor.seed("n")).at(now)
        late = datetime.fromisoformat("2026-11-23T03:01:00+00:00")
        assert factor.step("n", code, now) is not None
        assert factor.step("n", code, late) is None


async def test_the_last_administrator_stays(staff: Staff) -> None:
    admin = await staff("admin")
    refused = await admin.post(f"/staff/members/{admin.staff_id}", role="reader", active="yes")
    assert refused.status_code == 409


async def test_who_loses_access_is_out_at_once(staff: Staff) -> None:
    admin, reader = await staff("admin"), await staff("reader")
    await admin.post(f"/staff/members/{reader.staff_id}", role="reader")
    assert (await reader.get("/staff/me")).status_code == 303


async def test_there_is_only_one_first_administrator(wired: Services) -> None:
    assert await wired.review.members.first_admin()
    assert await wired.review.members.first_admin() is None
