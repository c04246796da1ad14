"""The id of a request: bound, answered, and believed only where the caller is ours."""

import re

import pytest
from httpx import ASGITransport, AsyncClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from api.kit.trace import HEADER, Traced, current_receipt, follow

BROUGHT = "HB-7K3M-92QD"


async def say(_: Request) -> PlainTextResponse:
    return PlainTextResponse(current_receipt())


async def become(_: Request) -> PlainTextResponse:
    follow(BROUGHT)
    return PlainTextResponse(current_receipt())


def client(*, believes: bool) -> AsyncClient:
    app = Starlette(routes=[Route("/", say), Route("/message", become)])
    app.add_middleware(Traced, believes=believes)
    return AsyncClient(transport=ASGITransport(app), base_url="http://trace")


async def test_the_answer_carries_what_the_log_has() -> None:
    async with client(believes=False) as http:
        answer = await http.get("/")
    assert answer.headers[HEADER] == answer.text


async def test_two_requests_have_two_ids() -> None:
    async with client(believes=False) as http:
        assert (await http.get("/")).text != (await http.get("/")).text


async def test_a_request_that_becomes_a_message_has_its_receipt() -> None:
    async with client(believes=False) as http:
        assert (await http.get("/message")).headers[HEADER] == BROUGHT


async def test_a_stranger_cannot_choose_the_id() -> None:
    async with client(believes=False) as http:
        assert (await http.get("/", headers={HEADER: BROUGHT})).text != BROUGHT


async def test_a_caller_of_ours_can() -> None:
    async with client(believes=True) as http:
        assert (await http.get("/", headers={HEADER: BROUGHT})).text == BROUGHT


@pytest.mark.parametrize("forged", ["HB-1", "x" * 500, 'HB-7K3M-92QD","level":"error'])
async def test_even_ours_cannot_write_into_the_log(forged: str) -> None:
    async with client(believes=True) as http:
        answer = await http.get("/", headers={HEADER: forged})
    assert re.fullmatch(r"HB-\w{4}-\w{4}", answer.text)
