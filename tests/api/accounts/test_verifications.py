"""A verification never shows who exists, and what it gives is kept as a digest only."""

import re

import pytest
from sqlalchemy import func, select

from api.accounts.models import Handle
from api.kit.ids import digest

PATH = "/v1/verifications"


async def post(client, person, purpose="lockout"):
    return await client.post(PATH, json={"purpose": purpose, "demo_person": person})


@pytest.mark.parametrize("person", ["fine", "locked", "nobody", "見本"])
async def test_everybody_gets_202(client, person):
    assert (await post(client, person)).status_code == 202


async def test_a_decoy_handle_has_the_same_shape(client):
    decoy, real = [(await post(client, who)).json() for who in ("nobody", "locked")]
    shapes = [re.sub(r"[0-9a-z]", "x", answer.pop("handle")) for answer in (decoy, real)]
    assert (shapes[0], decoy) == (shapes[1], real)


async def test_a_handle_is_announced_for_15_minutes(client):
    assert (await post(client, "fine")).json()["expires_in"] == 900


async def test_two_verifications_give_two_handles(verify):
    assert await verify("fine") != await verify("fine")


async def test_a_decoy_is_a_row_without_an_account(verify, database):
    handle = await verify("nobody")
    async with database.transaction() as session:
        row = await session.get(Handle, digest(handle))
    assert (row.account_id, row.purpose) == (None, "lockout")


async def test_the_handle_itself_is_in_no_table(verify, database, tmp_path):
    handle = await verify("locked")
    stored = b"".join(file.read_bytes() for file in tmp_path.glob("accounts.db*"))
    assert handle.encode() not in stored


async def test_expired_handles_are_forgotten_at_the_next_verification(verify, clock, database):
    await verify("fine")
    clock.advance(minutes=15)
    await verify("fine")
    async with database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(Handle)) == 1


@pytest.mark.parametrize(
    "body",
    [
        {"purpose": "curiosity", "demo_person": "fine"},
        {"purpose": "lockout"},
        {"purpose": "lockout", "demo_person": "x" * 65},
        {"purpose": "lockout", "demo_person": "fine", "password": "secret"},
    ],
)
async def test_a_body_outside_the_contract_is_refused(client, body):
    answer = await client.post(PATH, json=body)
    assert (answer.status_code, answer.json()["error"]) == (422, "invalid_request")
