import re

import httpx
import pytest

from api.pages.ruby import with_phones

NOT_OFFICIAL = "厚生労働省・ハローワークの公式サービスではありません"


@pytest.mark.parametrize("path", ["/", "/verify/nobody-made-this", "/chat/frame", "/chat/plain"])
async def test_every_page_says_that_it_is_no_official_service(
    client: httpx.AsyncClient, path: str
) -> None:
    assert NOT_OFFICIAL in (await client.get(path)).text


@pytest.mark.parametrize("path", ["/", "/healthz", "/nowhere", "/widget.js", "/chat/frame"])
async def test_every_answer_carries_the_security_headers(
    client: httpx.AsyncClient, path: str
) -> None:
    headers = (await client.get(path)).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == (
        "nosniff",
        "no-referrer",
    )


async def test_search_engines_are_asked_to_stay_away(client: httpx.AsyncClient) -> None:
    assert "noindex" in (await client.get("/")).headers["x-robots-tag"]


async def test_pages_hold_no_inline_script_or_style(client: httpx.AsyncClient) -> None:
    for path in ("/", "/chat/frame", "/chat/plain"):
        page = (await client.get(path)).text
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\son\w+=", page)


async def test_pages_ask_nothing_of_other_hosts(client: httpx.AsyncClient) -> None:
    for path in ("/", "/chat/frame", "/static/style.css", "/widget.js"):
        assert not re.search(r"(src|href)=\"https?:|url\(|@import", (await client.get(path)).text)


async def test_the_process_is_alive_and_ready(client: httpx.AsyncClient) -> None:
    assert (await client.get("/healthz")).status_code == 200
    assert (await client.get("/readyz")).status_code == 200


async def test_the_api_describes_itself(client: httpx.AsyncClient) -> None:
    paths = (await client.get("/openapi.json")).json()["paths"]
    assert "/chat/conversations/{conversation_id}/messages" in paths


async def test_no_redirect_repeats_the_host_that_a_client_claims(client: httpx.AsyncClient) -> None:
    answer = await client.get("/staff/", headers={"Host": "evil.example"})
    assert "evil.example" not in answer.headers.get("location", "")


async def test_a_browser_that_went_astray_sees_a_page_with_a_way_back(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.get("/nowhere", headers={"Accept": "text/html,*/*"})
    assert (answer.status_code, NOT_OFFICIAL in answer.text) == (404, True)
    assert 'href="/"' in answer.text


async def test_a_program_that_went_astray_gets_json(client: httpx.AsyncClient) -> None:
    assert (await client.get("/nowhere")).json()["error"] == "not_found"


def test_telephone_numbers_can_be_tapped_and_other_numbers_cannot() -> None:
    told = with_phones("0570-077450 か 0120-279-338 へ。13010-12345678 は求人。<b>")
    assert 'href="tel:0570077450"' in told
    assert 'href="tel:0120279338"' in told
    assert told.count("<a ") == 2
    assert "&lt;b&gt;" in told
