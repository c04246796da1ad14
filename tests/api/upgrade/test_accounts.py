"""The account API of today on the database of release 0.1.0."""

from collections.abc import AsyncIterator

import httpx
import pytest

from api.accounts.app import create_app
from api.accounts.settings import Settings
from tests.api.upgrade.conftest import FINE, LOCKED
from tests.support.servers import TOKEN


@pytest.fixture
async def client(accounts_database: str) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(Settings(accounts_database_url=accounts_database, accounts_token=TOKEN))
    headers = {"Authorization": f"Bearer {TOKEN}"}
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://a", headers=headers) as client,
    ):
        yield client


@pytest.mark.parametrize(("handle", "state"), [(FINE, "open"), (LOCKED, "locked")])
async def test_a_handle_given_out_by_the_old_release_is_still_good(
    client: httpx.AsyncClient, handle: str, state: str
) -> None:
    answer = await client.get(f"/v1/handles/{handle}/lockout")
    assert answer.json()["state"] == state


async def test_persons_of_then_have_the_names_of_today(client: httpx.AsyncClient) -> None:
    persons = (await client.get("/v1/demo-persons")).json()["persons"]
    assert persons[0] == {"id": "fine", "label": "困りごとのない見本さん"}
    assert len(persons) > 2


async def test_a_new_check_goes_through(client: httpx.AsyncClient) -> None:
    body = {"purpose": "lockout", "demo_person": "locked"}
    handle = (await client.post("/v1/verifications", json=body)).json()["handle"]
    answer = await client.get(f"/v1/handles/{handle}/lockout")
    assert answer.json()["state"] == "locked"
