"""The persons of the form, and the seeding of them."""

import pytest
from pydantic import ValidationError

from api.accounts.directory import read_persons
from api.accounts.migrate import migrate
from api.accounts.models import Account

ORDER = [
    "fine",
    "locked",
    "online_registered",
    "full_registered",
    "registration_expired",
    "mailbox_dead",
    "employer",
]


async def persons(client):
    return (await client.get("/v1/demo-persons")).json()["persons"]


async def test_the_persons_come_in_their_fixed_order(client):
    assert [person["id"] for person in await persons(client)] == ORDER


async def test_a_person_has_an_id_and_a_label_only(client):
    assert {tuple(person) for person in await persons(client)} == {("id", "label")}


async def test_every_label_says_that_it_is_a_sample(client):
    assert all("見本" in person["label"] for person in await persons(client))


async def test_a_label_without_the_word_is_refused(tmp_path):
    file = tmp_path / "persons.yml"
    row = "{id: fine, label: 山田さん, mail: a@example.jp, number: '1', registration: full}"
    file.write_text(f"{{sample_word: 見本, persons: [{row}]}}", "utf-8")
    with pytest.raises(ValidationError, match="is a sample"):
        read_persons(file)


async def test_seeding_twice_gives_every_person_once(client, url):
    await migrate(url)
    assert [person["id"] for person in await persons(client)] == ORDER


async def test_seeding_again_keeps_a_running_lock(database, url, clock):
    async with database.transaction() as session:
        (await session.get(Account, "locked")).locked_until = clock()
    await migrate(url)
    async with database.transaction() as session:
        assert (await session.get(Account, "locked")).locked_until == clock()


async def test_seeding_again_mends_a_label(database, url, client):
    async with database.transaction() as session:
        (await session.get(Account, "fine")).label = "old"
    await migrate(url)
    assert "見本" in (await persons(client))[0]["label"]
