"""Every failure has the one shape, and the OpenAPI document tells the truth about it."""

import asyncio

import pytest

from api.accounts.app import create_app
from api.accounts.models import Base


@pytest.fixture
def document(settings):
    return create_app(settings).openapi()


def operations(document):
    return [
        (path, operation)
        for path, methods in document["paths"].items()
        for operation in methods.values()
    ]


async def test_an_unknown_route_has_the_error_shape(client):
    answer = await client.get("/v1/nowhere")
    assert (answer.status_code, sorted(answer.json()), answer.json()["error"]) == (
        404,
        ["error", "message", "receipt"],
        "not_found",
    )


async def test_a_wrong_method_has_the_error_shape(client):
    answer = await client.delete("/v1/demo-persons")
    assert (answer.status_code, answer.json()["error"]) == (405, "method_not_allowed")


async def test_broken_json_has_the_error_shape(client):
    answer = await client.post(
        "/v1/verifications", content=b"{", headers={"Content-Type": "application/json"}
    )
    assert (answer.status_code, answer.json()["error"]) == (422, "invalid_request")


async def test_missing_tables_are_told_as_unavailable(client, database):
    async with database.transaction() as session:
        await session.run_sync(lambda sync: Base.metadata.drop_all(sync.connection()))
    answer = await client.get("/v1/demo-persons")
    assert (answer.status_code, answer.json()["error"]) == (503, "unavailable")


async def test_fifty_verifications_at_once_all_succeed(client):
    body = {"purpose": "lockout", "demo_person": "locked"}
    answers = await asyncio.gather(
        *[client.post("/v1/verifications", json=body) for _ in range(50)]
    )
    assert {answer.status_code for answer in answers} == {202}


def test_the_document_names_only_our_error_shape(document):
    assert "HTTPValidationError" not in document["components"]["schemas"]


def test_every_v1_operation_documents_its_token(document):
    v1 = [operation for path, operation in operations(document) if path.startswith("/v1")]
    assert all(operation["security"] and "401" in operation["responses"] for operation in v1)


def test_every_operation_has_a_summary_and_documents_failure(document):
    assert all(
        operation["summary"] and "default" in operation["responses"]
        for _, operation in operations(document)
    )


def test_the_document_promises_the_mark_of_a_sample(document):
    lockout = document["components"]["schemas"]["Lockout"]
    assert (lockout["properties"]["sample"]["const"], sorted(lockout["required"])) == (
        True,
        ["sample", "state", "until"],
    )
