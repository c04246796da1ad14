"""Whoever has no token learns nothing."""

import pytest

REQUESTS = [
    ("GET", "/v1/service-status"),
    ("GET", "/v1/demo-persons"),
    ("POST", "/v1/verifications"),
    ("GET", "/v1/handles/any/lockout"),
    ("GET", "/v1/handles/any/features"),
    ("POST", "/v1/handles/any/otp"),
    ("POST", "/v1/logins"),
    ("POST", "/v1/logins/other/otp"),
    ("GET", "/v1/demo-mailbox"),
]


@pytest.mark.parametrize(("method", "path"), REQUESTS)
async def test_a_request_without_a_token_is_refused(stranger, method, path):
    assert (await stranger.request(method, path)).status_code == 401


async def test_every_v1_route_stands_in_the_list_above(app):
    listed = {path.replace("any", "{handle}").replace("other", "{login}") for _, path in REQUESTS}
    assert {path for path in app.openapi()["paths"] if path.startswith("/v1")} == listed


WRONG = [
    "Bearer wrong",
    "Bearer ",
    "Bearer a-token-of-the-tests-onl",
    "Basic a-token-of-the-tests-only",
    "Bearer é".encode(),
]


@pytest.mark.parametrize("header", WRONG)
async def test_a_wrong_token_is_refused(stranger, header):
    answer = await stranger.get("/v1/demo-persons", headers={"Authorization": header})
    assert answer.status_code == 401


async def test_the_refusal_has_the_error_shape(stranger):
    refusal = (await stranger.get("/v1/demo-persons")).json()
    assert (refusal["error"], sorted(refusal)) == ("unauthorized", ["error", "message", "receipt"])


async def test_the_right_token_is_let_through(client):
    assert (await client.get("/v1/demo-persons")).status_code == 200


async def test_health_needs_no_token(stranger):
    assert (await stranger.get("/healthz")).json() == {"status": "ok"}
