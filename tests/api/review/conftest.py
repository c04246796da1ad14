"""The console on the gateway of tests/api, and browsers of staff."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest
from fastapi import FastAPI

from api.app import create_app
from api.content.catalogue import Catalogue, load_catalogue
from api.kit.ids import digest, new_id, new_token
from api.review.door.cookie import NAME
from api.review.staff.models import StaffMember, StaffSession
from api.review.staff.repository import StaffRepository
from api.settings import Settings
from api.wiring import Services
from tests.api.review.told import Teller

HOST = "https://bot.test"
_CSRF = re.compile(r'name="csrf" value="(\w+)"')


class Browser:
    """A browser of the staff: keeps cookies, sends what a form of ours would send."""

    def __init__(self, client: httpx.AsyncClient, csrf: str = "", staff_id: str = "") -> None:
        self.client, self.csrf, self.staff_id = client, csrf, staff_id

    async def get(self, path: str, **query: object) -> httpx.Response:
        answer = await self.client.get(path, params=query or None)
        if found := _CSRF.search(answer.text):
            self.csrf = found[1]
        return answer

    async def post(self, path: str, **form: object) -> httpx.Response:
        return await self.client.post(
            path, data={"csrf": self.csrf, **form}, headers={"Origin": HOST}
        )


@pytest.fixture(scope="session")
def read_once() -> Catalogue:
    """The catalogue is read once a run; each test gets a copy that it may change."""
    return load_catalogue()


@pytest.fixture
async def app(
    settings: Settings, clock: Callable, read_once: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[FastAPI]:
    settings.worker = "off"
    copied = Catalogue(dict(read_once.answers), dict(read_once.sources), read_once.facts)
    monkeypatch.setattr("api.wiring.load_catalogue", lambda: copied)
    app = create_app(settings, clock)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
def wired(app: FastAPI) -> Services:
    return app.state.services


@pytest.fixture
async def browsers(app: FastAPI) -> AsyncIterator[Callable[[], Browser]]:
    """Open browsers that nobody has signed in with."""
    opened: list[httpx.AsyncClient] = []

    def open_one() -> Browser:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        opened.append(httpx.AsyncClient(transport=transport, base_url=HOST))
        return Browser(opened[-1])

    yield open_one
    for client in opened:
        await client.aclose()


@pytest.fixture
def teller(wired: Services) -> Teller:
    return Teller(wired)


Staff = Callable[..., Awaitable[Browser]]


@pytest.fixture
async def staff(browsers: Callable[[], Browser], wired: Services) -> Staff:
    """Return a browser in which somebody with a role is signed in."""

    async def sign_in(role: str, name: str = "") -> Browser:
        browser, token, now = browsers(), new_token(), wired.worker._leases._clock()
        browser.csrf, browser.staff_id = new_token(), new_id("s")
        member = StaffMember(
            id=browser.staff_id, name=name or f"{role}-{browser.staff_id[-6:]}", shown=name or role,
            role=role, password_hash="-", must_change=False, active=True, totp_nonce="n",
            totp_on=role == "admin", totp_step=0, created_at=now,
        )  # fmt: skip
        session_row = StaffSession(
            digest=digest(token), staff_id=member.id, csrf=browser.csrf, passed=True,
            created_at=now, seen_at=now,
        )  # fmt: skip
        async with wired.database.transaction() as session:
            await StaffRepository(session).add(member)
            await StaffRepository(session).add(session_row)
        browser.client.cookies.set(NAME, token, domain="bot.test")
        return browser

    return sign_in
