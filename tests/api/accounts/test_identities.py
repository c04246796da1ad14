"""An address and a number: a full match alone opens anything."""

import asyncio

import pytest

from api.accounts.directory import read_persons

PERSON = next(each for each in read_persons() if each.id == "locked")
UNKNOWN_STATE = {"state": "unknown", "until": None, "sample": True}


@pytest.fixture
def state(client):
    async def of(mail, number, browser="owner"):
        body = {"purpose": "lockout", "mail": mail, "number": number, "client": browser}
        handle = (await client.post("/v1/verifications", json=body)).json()["handle"]
        return (await client.get(f"/v1/handles/{handle}/lockout")).json()

    return of


@pytest.mark.parametrize(
    ("mail", "number"),
    [
        (PERSON.mail, PERSON.number),
        ("ＬＯＣＫＥＤ＠example.jp", "１３０１０－００００００２２"),
        (" locked@EXAMPLE.jp ", "1301000000022"),
    ],
)
async def test_address_and_number_in_any_spelling_are_a_match(state, mail, number):
    assert (await state(mail, number))["state"] == "locked"


@pytest.mark.parametrize(
    ("mail", "number"),
    [
        ("nobody@example.jp", PERSON.number),
        (PERSON.mail, "13010-99999999"),
        (PERSON.mail, ""),
        ("dead@example.jp", ""),
        ("fine@example.jp", PERSON.number),
    ],
)
async def test_anything_else_is_unknown(state, mail, number):
    assert await state(mail, number) == UNKNOWN_STATE


async def test_a_strangers_wrong_numbers_leave_the_owners_first_attempt_working(state):
    for _ in range(6):
        await state(PERSON.mail, "13010-99999999", browser="stranger")
    assert (await state(PERSON.mail, PERSON.number))["state"] == "locked"


async def test_who_guessed_five_times_is_not_believed_for_30_minutes(state, clock):
    for _ in range(5):
        await state(PERSON.mail, "13010-99999999")
    assert await state(PERSON.mail, PERSON.number) == UNKNOWN_STATE
    clock.advance(minutes=30)
    assert (await state(PERSON.mail, PERSON.number))["state"] == "locked"


@pytest.mark.parametrize(
    ("person", "registration"),
    [
        ("online_registered", "online"),
        ("full_registered", "full"),
        ("registration_expired", "expired"),
        ("employer", "employer"),
        ("nobody", "unknown"),
    ],
)
async def test_a_registration_is_told_to_its_handle(client, verify, person, registration):
    handle = await verify(person, "features")
    answer = (await client.get(f"/v1/handles/{handle}/features")).json()
    assert answer == {"registration": registration, "sample": True}


async def test_a_handle_for_a_lock_tells_no_registration(client, verify):
    handle = await verify("full_registered", "lockout")
    answer = await client.get(f"/v1/handles/{handle}/features")
    assert answer.json()["registration"] == "unknown"


@pytest.mark.parametrize("extra", [{}, {"demo_person": "fine", "mail": "a@example.jp"}])
async def test_it_is_either_a_sample_or_an_address(client, extra):
    answer = await client.post("/v1/verifications", json={"purpose": "lockout", **extra})
    assert answer.status_code == 422


async def test_200_people_behind_one_address_are_all_served(client, state):
    """Their calls come from one gateway; nobody is counted by where they are."""
    crowd = [state("nobody@example.jp", "13010-99999999", f"person-{i}") for i in range(200)]
    assert await asyncio.gather(*crowd) == [UNKNOWN_STATE] * 200
    assert (await state(PERSON.mail, PERSON.number))["state"] == "locked"
