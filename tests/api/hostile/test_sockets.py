"""Clients that no browser is, on real sockets against the process that `make up` starts."""

import asyncio
import gzip
import time
from urllib.parse import urlsplit

import httpx

from api.kit.serving import BODY_SECONDS, HEAD_SECONDS

# What a loaded machine may be late by.
LATE = 15.0
HEAD = b"POST /chat/conversations HTTP/1.1\r\nHost: bot\r\n"


async def until_cut(url: str, first: bytes, drip: bytes) -> float:
    """Return how long the server bore a client that sends a byte a second."""
    reader, writer = await asyncio.open_connection(urlsplit(url).hostname, urlsplit(url).port)
    began = time.monotonic()
    writer.write(first)
    for _ in range(60):
        writer.write(drip)
        try:
            if await asyncio.wait_for(reader.read(1), 1) == b"":
                break
        except TimeoutError:
            continue
        except ConnectionError:
            break
    writer.close()
    return time.monotonic() - began


async def test_headers_that_never_end_are_cut(gateway: str) -> None:
    borne = await until_cut(gateway, HEAD, b"x")
    assert HEAD_SECONDS - 1 <= borne <= HEAD_SECONDS + LATE


async def test_a_body_that_never_ends_is_cut(gateway: str) -> None:
    borne = await until_cut(gateway, HEAD + b"Content-Length: 500\r\n\r\n", b" ")
    assert BODY_SECONDS - 1 <= borne <= BODY_SECONDS + LATE


async def test_two_hundred_slow_clients_hold_up_nobody(gateway: str) -> None:
    slow = [asyncio.create_task(until_cut(gateway, HEAD, b"x")) for _ in range(200)]
    await asyncio.sleep(2)
    async with httpx.AsyncClient(base_url=gateway, timeout=8) as client:
        assert (await client.post("/chat/conversations")).status_code == 201
    assert max(await asyncio.gather(*slow)) <= HEAD_SECONDS + LATE


def test_a_flood_of_headers_is_refused(gateway: str) -> None:
    flood = {f"x-{number}": "1" for number in range(400)}
    answer = httpx.get(f"{gateway}/healthz", headers=flood)
    assert (answer.status_code, answer.json()["error"]) == (431, "headers_too_large")


def test_a_packed_body_is_refused_unread(gateway: str) -> None:
    bomb = gzip.compress(b"0" * 20_000_000)
    headers = {"Content-Encoding": "gzip"}
    answer = httpx.post(f"{gateway}/chat/conversations", content=bomb, headers=headers)
    assert (answer.status_code, answer.json()["error"]) == (415, "encoding_refused")


def test_a_form_of_megabytes_is_refused(gateway: str) -> None:
    answer = httpx.post(f"{gateway}/verify/x", data={"mail": "a" * 2_000_000})
    assert (answer.status_code, answer.json()["error"]) == (413, "body_too_large")


def test_a_form_of_many_fields_is_refused(gateway: str) -> None:
    answer = httpx.post(f"{gateway}/verify/x", data={f"f{n}": "1" for n in range(500)})
    assert answer.status_code == 422


def test_json_as_deep_as_a_well_is_refused(gateway: str, accounts_alone: str) -> None:
    deep = b"[" * 30_000
    chat = httpx.post(f"{gateway}/chat/conversations", content=deep)
    assert (chat.status_code, chat.json()["error"]) == (422, "invalid_request")


def test_a_wrong_address_carries_the_headers_too(gateway: str) -> None:
    for path in ("/", "/nowhere", "/staff/login", "/chat/plain", "/verify/x", "/openapi.json"):
        headers = httpx.get(f"{gateway}{path}").headers
        assert "default-src 'none'" in headers["content-security-policy"], path
        # The form's page tells the chat that opened it of the result, so it keeps its opener.
        alone = None if path.startswith("/verify/") else "same-origin-allow-popups"
        assert headers.get("cross-origin-opener-policy") == alone, path
        assert "no-store" in headers.get("cache-control", "") or "etag" in headers, path
