"""The mock's login: a code that is mailed, once good, and refusals that tell nothing."""

import re

import pytest

from api.accounts.directory import Directory, read_persons
from tests.api.accounts.conftest import TOKEN

DIRECTORY = Directory(read_persons(), TOKEN)
FULL = DIRECTORY.persons["full_registered"]
PASSWORD = DIRECTORY.password_of(FULL)


@pytest.fixture
def login(client):
    async def attempt(login_id=FULL.mail, password=PASSWORD, browser="owner"):
        body = {"login_id": login_id, "password": password, "client": browser}
        return await client.post("/v1/logins", json=body)

    return attempt


@pytest.fixture
def codes(client, app):
    """Return a function that gives the codes mailed so far."""

    async def mailed():
        await app.state.post.emptied()
        letters = (await client.get("/v1/demo-mailbox")).json()["letters"]
        return [re.search(r"\d{6}", letter["text"])[0] for letter in letters]

    return mailed


@pytest.fixture
def enter(client):
    async def code(login, digits):
        return await client.post(f"/v1/logins/{login}/otp", json={"code": digits})

    return code


@pytest.fixture
def resend(client, verify):
    """Ask for a new code with a handle of the person, under a key."""

    async def again(person="full_registered", key="key-1", handle=None):
        handle = handle or await verify(person, "otp_resend")
        headers = {"Idempotency-Key": key}
        return await client.post(f"/v1/handles/{handle}/otp", headers=headers)

    return again


def seen(answer):
    """Return all that a caller can see, but for the receipt, which is always new."""
    body = answer.json()
    body.pop("receipt", None)
    return answer.status_code, body


async def test_the_code_in_the_mail_completes_the_login(login, codes, enter):
    opened = (await login()).json()["login"]
    assert seen(await enter(opened, (await codes())[-1])) == (200, {"status": "ok"})


async def test_a_code_has_six_digits_and_the_mail_says_sample(login, client, app):
    await login()
    await app.state.post.emptied()
    (letter,) = (await client.get("/v1/demo-mailbox")).json()["letters"]
    assert re.search(r"番号：\d{6}\n", letter["text"])
    assert "【見本】" in letter["subject"]


async def test_a_code_works_once(login, codes, enter):
    opened = (await login()).json()["login"]
    code = (await codes())[-1]
    await enter(opened, code)
    assert (await enter(opened, code)).status_code == 401


async def test_a_code_belongs_to_its_login(login, codes, enter):
    first, second = [(await login()).json()["login"] for _ in range(2)]
    of_first, of_second = await codes()
    assert (await enter(first, of_second)).status_code == 401
    assert (await enter(second, of_second)).status_code == 200
    assert (await enter(first, of_first)).status_code == 200


async def test_a_code_is_too_old_after_30_minutes(login, codes, enter, clock):
    opened = (await login()).json()["login"]
    clock.advance(minutes=30)
    assert (await enter(opened, (await codes())[-1])).status_code == 401


async def test_a_new_code_kills_the_one_before_it(login, codes, enter, resend):
    opened = (await login()).json()["login"]
    await resend()
    old, new = await codes()
    assert (await enter(opened, old)).status_code == 401
    assert (await enter(opened, new)).status_code == 200


async def test_after_five_guesses_even_the_right_code_is_refused(login, codes, enter):
    opened = (await login()).json()["login"]
    code = (await codes())[-1]
    wrong = "0" * 6 if code != "0" * 6 else "1" * 6
    for _ in range(5):
        await enter(opened, wrong)
    assert (await enter(opened, code)).status_code == 401


async def test_neither_code_nor_login_id_nor_address_is_in_a_table(login, codes, tmp_path):
    opened = (await login()).json()["login"]
    secrets = [opened, *await codes(), FULL.mail, FULL.number, PASSWORD]
    stored = b"".join(file.read_bytes() for file in tmp_path.glob("accounts.db*"))
    assert [secret for secret in secrets if secret.encode() in stored] == []


async def test_unknown_wrong_and_locked_are_refused_with_the_same_words(login):
    unknown = seen(await login("nobody@example.jp"))
    wrong = seen(await login(password="wrong"))
    for _ in range(5):
        await login(password="wrong")
    assert unknown == wrong == seen(await login())


async def test_five_failures_lock_that_browser_for_30_minutes(login, clock):
    for _ in range(5):
        await login(password="wrong")
    assert (await login()).status_code == 401
    clock.advance(minutes=30)
    assert (await login()).status_code == 201


async def test_a_strangers_five_failures_leave_the_owners_first_attempt_working(login):
    for _ in range(5):
        await login(password="wrong", browser="stranger")
    assert (await login()).status_code == 201


async def test_the_owner_is_told_of_the_lock_of_their_own_browser_only(login, client):
    for _ in range(5):
        await login(password="wrong", browser="stranger")
    states = [await _lock_seen_by(client, browser) for browser in ("stranger", "owner")]
    assert states == ["locked", "open"]


async def _lock_seen_by(client, browser):
    body = {"purpose": "lockout", "mail": FULL.mail, "number": FULL.number, "client": browser}
    handle = (await client.post("/v1/verifications", json=body)).json()["handle"]
    return (await client.get(f"/v1/handles/{handle}/lockout")).json()["state"]


async def test_everybodys_failures_together_lock_at_the_ceiling(login, settings):
    for stranger in range(settings.lock_ceiling):
        await login(password="wrong", browser=str(stranger))
    assert (await login()).status_code == 401


async def test_a_lock_survives_a_restart(login, settings, clock):
    from httpx import ASGITransport, AsyncClient

    from api.accounts.app import create_app

    for _ in range(5):
        await login(password="wrong")
    again = create_app(settings, clock)
    async with (
        again.router.lifespan_context(again),
        AsyncClient(
            transport=ASGITransport(again),
            base_url="http://accounts",
            headers={"Authorization": f"Bearer {TOKEN}"},
        ) as client,
    ):
        body = {"login_id": FULL.mail, "password": PASSWORD, "client": "owner"}
        assert (await client.post("/v1/logins", json=body)).status_code == 401


async def test_everybody_hears_the_same_after_asking_for_a_code(resend):
    persons = ("full_registered", "fine", "mailbox_dead", "nobody")
    answers = [seen(await resend(person, key=person)) for person in persons]
    assert answers == [(202, {"status": "accepted", "sample": True})] * len(persons)


async def test_only_who_waits_for_a_code_gets_one(resend, codes):
    for person in ("full_registered", "fine", "mailbox_dead", "nobody"):
        await resend(person, key=person)
    assert len(await codes()) == 1


async def test_the_same_key_sends_once(resend, codes, verify):
    handle = await verify("full_registered", "otp_resend")
    answers = [seen(await resend(handle=handle)) for _ in range(3)]
    assert (len(await codes()), len(set(map(repr, answers)))) == (1, 1)


async def test_a_resend_without_a_key_is_refused(client, verify):
    handle = await verify("full_registered", "otp_resend")
    answer = await client.post(f"/v1/handles/{handle}/otp")
    assert (answer.status_code, answer.json()["error"]) == (422, "idempotency_key_missing")


async def test_codes_are_sent_once_a_minute_and_three_times_an_hour(resend, codes, clock):
    sent = []
    for attempt in range(5):
        await resend(key=f"first-{attempt}")
        await resend(key=f"second-{attempt}")
        sent.append(len(await codes()))
        clock.advance(minutes=1)
    assert sent == [1, 2, 3, 3, 3]


@pytest.mark.parametrize("purpose", ["lockout", "features"])
async def test_a_handle_for_something_else_sends_nothing(client, verify, codes, purpose):
    handle = await verify("full_registered", purpose)
    headers = {"Idempotency-Key": "key"}
    assert (await client.post(f"/v1/handles/{handle}/otp", headers=headers)).status_code == 202
    assert await codes() == []
