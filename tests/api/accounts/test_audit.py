"""Each call leaves a row, and nobody's data in it."""

from api.accounts.audit.repository import AuditRepository


async def rows(database):
    async with database.reading() as session:
        return [(row.call, row.status) for row in await AuditRepository(session).rows()]


async def test_a_call_is_written_down_by_the_pattern_of_its_address(client, verify, database):
    handle = await verify("locked")
    await client.get(f"/v1/handles/{handle}/lockout")
    assert await rows(database) == [
        ("POST /v1/verifications", 202),
        ("GET /v1/handles/{handle}/lockout", 200),
    ]


async def test_a_refused_call_is_written_down_too(stranger, database):
    await stranger.get("/v1/demo-persons")
    await stranger.get("/v1/nowhere/taro@example.jp")
    assert await rows(database) == [("GET /v1/demo-persons", 401), ("GET unknown", 404)]


async def test_the_probe_leaves_no_row(client, database):
    await client.get("/healthz")
    assert await rows(database) == []
