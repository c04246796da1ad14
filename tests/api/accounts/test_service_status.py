"""Whether the service says that it is open."""

from datetime import timedelta

from api.accounts.models import Maintenance

PATH = "/v1/service-status"


async def close_service(database, starts_at, ends_at):
    async with database.transaction() as session:
        session.add(Maintenance(starts_at=starts_at, ends_at=ends_at))


async def test_the_service_is_open_without_a_maintenance(client):
    assert (await client.get(PATH)).json() == {"status": "ok", "until": None, "sample": True}


async def test_a_maintenance_under_way_is_told_with_its_end(client, database, clock):
    await close_service(database, clock(), clock() + timedelta(hours=1))
    answer = (await client.get(PATH)).json()
    assert (answer["status"], answer["until"]) == ("maintenance", "2026-11-23T10:00:00Z")


async def test_a_maintenance_without_an_end_says_so(client, database, clock):
    await close_service(database, clock(), None)
    assert (await client.get(PATH)).json() == {
        "status": "maintenance",
        "until": None,
        "sample": True,
    }


async def test_the_longest_maintenance_counts(client, database, clock):
    for hours in (1, 3, 2):
        await close_service(database, clock(), clock() + timedelta(hours=hours))
    assert (await client.get(PATH)).json()["until"] == "2026-11-23T12:00:00Z"


async def test_a_maintenance_to_come_is_not_told(client, database, clock):
    await close_service(database, clock() + timedelta(seconds=1), None)
    assert (await client.get(PATH)).json()["status"] == "ok"


async def test_a_maintenance_is_over_at_its_end(client, database, clock):
    await close_service(database, clock() - timedelta(hours=1), clock())
    assert (await client.get(PATH)).json()["status"] == "ok"
