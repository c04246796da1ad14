"""Whatever is sent: a clear answer or a 4xx with a Japanese sentence; never a 5xx."""

import json
import re
from pathlib import Path

import httpx
import pytest
import yaml

from tests.api.conftest import Talk, begin

JAPANESE = re.compile(r"[ぁ-ん]")
COMMANDS = yaml.safe_load((Path(__file__).parents[2] / "data" / "commands.yml").read_text("utf-8"))

REFUSED = {
    "nothing": b"",
    "empty text": json.dumps({"client_message_id": "1", "text": ""}).encode(),
    "spaces": json.dumps({"client_message_id": "1", "text": " 　\n"}).encode(),
    "only NUL": json.dumps({"client_message_id": "1", "text": "\x00"}).encode(),
    "only a lone surrogate": b'{"client_message_id": "1", "text": "\\ud83d"}',
    "only zero width": json.dumps({"client_message_id": "1", "text": "\u200b\u200d"}).encode(),
    "1,001 characters": json.dumps({"client_message_id": "1", "text": "あ" * 1001}).encode(),
    "broken UTF-8": b'{"client_message_id": "1", "text": "\xff\xfe"}',
    "no JSON": b"text=hello",
    "a list": b"[]",
    "text is a number": b'{"client_message_id": "1", "text": 1}',
    "neither text nor choice": b'{"client_message_id": "1"}',
    "text and choice": b'{"client_message_id": "1", "text": "a", "choice_id": "b"}',
    "no client_message_id": '{"text": "こんにちは"}'.encode(),
    "unknown field": b'{"client_message_id": "1", "text": "a", "slots": {}}',
    "deep": b"[" * 30_000,
    "too large": b'{"client_message_id": "1", "text": "' + b"a" * 70_000 + b'"}',
    "unknown choice": b'{"client_message_id": "1", "choice_id": "k-000"}',
}


@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED)
async def test_what_cannot_be_answered_is_a_4xx_with_a_japanese_sentence(
    talk: Talk, body: bytes
) -> None:
    answer = await talk.raw(body)
    assert 400 <= answer.status_code < 500
    assert JAPANESE.search(answer.json()["message"])


@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED)
async def test_a_refusal_has_a_receipt_and_is_not_written_down(talk: Talk, body: bytes) -> None:
    answer = await talk.raw(body)
    assert re.fullmatch(r"HB-\w{4}-\w{4}", answer.json()["receipt"])
    assert len(await talk.history()) == 1


@pytest.mark.parametrize(
    ("body", "error"),
    [("empty text", "text_empty"), ("1,001 characters", "text_too_long"),
     ("too large", "body_too_large"), ("unknown choice", "choice_unknown")],
)  # fmt: skip
async def test_a_refusal_names_its_reason(talk: Talk, body: str, error: str) -> None:
    assert (await talk.raw(REFUSED[body])).json()["error"] == error


async def test_a_thousand_characters_are_accepted(talk: Talk) -> None:
    assert (await talk.send(text="あ" * 1000)).status_code == 200


@pytest.mark.parametrize("unusable", ["\x00", "\x1b[31m"])
async def test_unusable_characters_inside_are_dropped(talk: Talk, unusable: str) -> None:
    reply = await talk.ask(f"ワンタイムパスワードが{unusable}届きません")
    assert reply["topics"] == ["otp_not_received"]


async def test_half_a_character_inside_is_dropped(talk: Talk) -> None:
    body = '{"client_message_id": "1", "text": "パスワード\\ud83dを忘れた"}'.encode()
    assert (await talk.raw(body)).json()["replies"][0]["topics"] == ["password_forgot"]


@pytest.mark.parametrize("typed", COMMANDS)
async def test_typed_commands_are_out_of_scope(talk: Talk, typed: str) -> None:
    assert (await talk.ask(typed))["topics"] == ["out_of_scope"]


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer x", "Basic abc", "Bearer é"])
async def test_without_the_right_token_everything_is_401(talk: Talk, authorization: str) -> None:
    talk.headers["Authorization"] = authorization.encode()
    statuses = [(await talk.send(text="あ")).status_code]
    statuses.append((await talk.client.get(talk.path, headers=talk.headers)).status_code)
    assert statuses == [401, 401]


async def test_another_conversations_token_opens_nothing(client: httpx.AsyncClient) -> None:
    one, other = await begin(client), await begin(client)
    one.headers = other.headers
    assert (await one.client.get(one.path, headers=one.headers)).status_code == 401


async def test_a_conversation_that_is_not_there_looks_like_a_wrong_token(talk: Talk) -> None:
    wrong = await talk.client.get(talk.path, headers={"Authorization": "Bearer x"})
    absent = await talk.client.get("/chat/conversations/c-0/messages", headers=talk.headers)
    without = ("error", "message")
    assert [absent.status_code, *(absent.json()[key] for key in without)] == [
        wrong.status_code, *(wrong.json()[key] for key in without)
    ]  # fmt: skip


async def test_another_conversations_choice_is_unknown(client: httpx.AsyncClient) -> None:
    one, other = await begin(client), await begin(client)
    foreign = other.opened["replies"][0]["choices"][0]["id"]
    assert (await one.send(choice_id=foreign)).json()["error"] == "choice_unknown"


@pytest.mark.parametrize("prefer", ["wait=0", "wait=9999", "wait=x", "respond-async", "wait=-1"])
async def test_any_prefer_header_is_survived(talk: Talk, prefer: str) -> None:
    talk.headers["Prefer"] = prefer
    assert (await talk.send(text="こんにちは")).status_code in (200, 202)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nowhere", 404), ("PUT", "/chat/conversations", 405), ("GET", "/staffs", 404)],
)
async def test_a_wrong_address_is_told_in_japanese(
    client: httpx.AsyncClient, method: str, path: str, status: int
) -> None:
    answer = await client.request(method, path)
    assert answer.status_code == status
    assert JAPANESE.search(answer.json()["message"])


async def test_an_opening_with_an_unknown_channel_is_refused(client: httpx.AsyncClient) -> None:
    answer = await client.post("/chat/conversations", json={"channel": "fax"})
    assert answer.json()["error"] == "invalid_request"
