"""What a handle tells about a lock, for how long, and to whom it says nothing."""

from datetime import timedelta

import pytest

from api.accounts.models import Account
from api.kit.ids import digest

# What everything but a full match is told.
NOTHING = {"state": "unknown", "until": None, "sample": True}


@pytest.fixture
def lockout(client):
    async def of(handle):
        return await client.get(f"/v1/handles/{handle}/lockout")

    return of


async def lock(database, person, until):
    async with database.transaction() as session:
        (await session.get(Account, person)).locked_until = until


async def test_the_locked_sample_is_locked_for_the_set_time(verify, lockout):
    state = (await lockout(await verify("locked"))).json()
    assert state == {"state": "locked", "until": "2026-11-23T09:30:00Z", "sample": True}


async def test_an_account_without_a_lock_is_open(verify, lockout):
    state = (await lockout(await verify("fine"))).json()
    assert state == {"state": "open", "until": None, "sample": True}


async def test_a_decoy_is_unknown(verify, lockout):
    assert (await lockout(await verify("nobody"))).json() == NOTHING


async def test_an_account_is_locked_until_its_moment(verify, lockout, database, clock):
    await lock(database, "fine", clock() + timedelta(minutes=10))
    handle = await verify("fine")
    clock.advance(minutes=9, seconds=59)
    assert (await lockout(handle)).json()["state"] == "locked"


async def test_an_account_opens_when_its_lock_has_run_out(verify, lockout, database, clock):
    await lock(database, "fine", clock() + timedelta(minutes=10))
    handle = await verify("fine")
    clock.advance(minutes=10)
    assert (await lockout(handle)).json()["state"] == "open"


async def test_a_running_lock_of_the_sample_is_not_prolonged(verify, lockout, clock):
    await verify("locked")
    clock.advance(minutes=20)
    assert (await lockout(await verify("locked"))).json()["until"] == "2026-11-23T09:30:00Z"


async def test_the_locked_sample_is_locked_again_after_its_lock(verify, lockout, clock):
    await verify("locked")
    clock.advance(minutes=30)
    assert (await lockout(await verify("locked"))).json()["until"] == "2026-11-23T10:00:00Z"


async def test_the_locked_sample_stays_locked_between_verification_and_reading(
    verify, lockout, clock
):
    await verify("locked")
    clock.advance(minutes=29)
    handle = await verify("locked")
    clock.advance(minutes=2)
    assert (await lockout(handle)).json()["state"] == "locked"


async def test_a_new_lock_of_the_sample_is_kept(verify, lockout, clock):
    handle = await verify("locked")
    clock.advance(minutes=5)
    assert (await lockout(handle)).json()["until"] == "2026-11-23T09:30:00Z"


async def test_a_handle_is_good_just_before_15_minutes(verify, lockout, clock):
    handle = await verify("fine")
    clock.advance(minutes=14, seconds=59)
    assert (await lockout(handle)).status_code == 200


async def test_a_handle_tells_nothing_any_more_at_15_minutes(verify, lockout, clock):
    handle = await verify("locked")
    clock.advance(minutes=15)
    assert (await lockout(handle)).json() == NOTHING


@pytest.mark.parametrize("purpose", ["features", "otp_resend"])
async def test_a_handle_is_good_for_its_purpose_only(verify, lockout, purpose):
    assert (await lockout(await verify("locked", purpose))).json() == NOTHING


async def test_an_invented_handle_is_like_a_decoy(lockout):
    answer = await lockout("invented")
    assert (answer.status_code, answer.json()) == (200, NOTHING)


async def test_a_stored_digest_is_no_handle(verify, lockout):
    assert (await lockout(digest(await verify("locked")))).json() == NOTHING
