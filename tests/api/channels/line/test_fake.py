"""The fake LINE refuses what LINE refuses: without that, no test of ours would prove anything."""

import uuid
from typing import Any

import httpx
import pytest

from tests.fakes.line import TOKEN, FakeLine, LineUser, wrong_with

AUTHORIZED = {"Authorization": f"Bearer {TOKEN}"}
WELL = {"type": "text", "text": "x"}
# Two UTF-16 units each.
PAIR = "😀"


async def call(line: FakeLine, way: str, body: dict[str, Any], **headers: str) -> httpx.Response:
    async with httpx.AsyncClient(headers={**AUTHORIZED, **headers}) as http:
        return await http.post(f"{line.url}/v2/bot/message/{way}", json=body)


async def reply(line: FakeLine, token: str, *messages: dict[str, Any]) -> int:
    body = {"replyToken": token, "messages": [*messages] or [WELL]}
    return (await call(line, "reply", body)).status_code


async def push(line: FakeLine, key: str, text: str = "x") -> httpx.Response:
    body = {"to": "U1", "messages": [{"type": "text", "text": text}]}
    return await call(line, "push", body, **{"X-Line-Retry-Key": key})


def with_buttons(count: int, label: str = "x", data: str = "d") -> dict[str, Any]:
    item = {"type": "action", "action": {"type": "postback", "label": label, "data": data}}
    return {**WELL, "quickReply": {"items": [item] * count}}


async def test_a_reply_token_works_once(line: FakeLine, user: LineUser) -> None:
    token = user.text("x")["replyToken"]
    assert [await reply(line, token) for _ in range(2)] == [200, 400]
    assert len(line.accepted) == 1


@pytest.mark.parametrize(("seconds", "status"), [(59, 200), (61, 400)])
async def test_a_reply_token_runs_out_after_a_minute(
    line: FakeLine, user: LineUser, seconds: int, status: int
) -> None:
    token = user.text("x")["replyToken"]
    line.tokens[token].handed_out -= seconds
    assert await reply(line, token) == status


async def test_a_reply_token_of_nobody_is_refused(line: FakeLine) -> None:
    assert await reply(line, "token-of-nobody") == 400


async def test_a_refused_reply_does_not_use_the_token_up(line: FakeLine, user: LineUser) -> None:
    token = user.text("x")["replyToken"]
    assert [await reply(line, token, {**WELL, "text": ""}), await reply(line, token)] == [400, 200]


async def test_a_retry_key_is_good_for_one_push(line: FakeLine) -> None:
    key = str(uuid.uuid4())
    assert [(await push(line, key)).status_code for _ in range(2)] == [200, 409]
    assert len(line.accepted) == 1


async def test_a_second_push_under_a_key_is_told_which_call_was_accepted(line: FakeLine) -> None:
    key = str(uuid.uuid4())
    await push(line, key)
    assert (await push(line, key)).headers["x-line-accepted-request-id"]


@pytest.mark.parametrize("key", ["", "no uuid", "5B0D0F4E6A39"])
async def test_a_retry_key_that_is_no_uuid_is_refused(line: FakeLine, key: str) -> None:
    assert (await push(line, key)).status_code == 400


async def test_too_many_calls_are_told_how_long_to_wait(line: FakeLine) -> None:
    line.retry_after = 9
    line.faults.append("limit")
    answer = await push(line, str(uuid.uuid4()))
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "9")
    assert line.accepted == []


async def test_what_was_taken_counts_though_nobody_is_told(line: FakeLine) -> None:
    line.faults.append("lose")
    key = str(uuid.uuid4())
    async with httpx.AsyncClient(headers={**AUTHORIZED, "X-Line-Retry-Key": key}) as http:
        body = {"to": "U1", "messages": [WELL]}
        with pytest.raises(httpx.ReadTimeout):
            await http.post(f"{line.url}/v2/bot/message/push", json=body, timeout=1)
    assert len(line.accepted) == 1
    assert (await push(line, key)).status_code == 409


@pytest.mark.parametrize(
    ("most", "over"),
    [
        ([WELL] * 5, [WELL] * 6),
        ([WELL], []),
        ([{**WELL, "text": "あ" * 5000}], [{**WELL, "text": "あ" * 5001}]),
        ([{**WELL, "text": PAIR * 2500}], [{**WELL, "text": PAIR * 2500 + "x"}]),
        ([WELL], [{**WELL, "text": " \n"}]),
        ([with_buttons(13)], [with_buttons(14)]),
        ([with_buttons(1)], [with_buttons(0)]),
        ([with_buttons(1, label="あ" * 20)], [with_buttons(1, label="あ" * 21)]),
        ([with_buttons(1)], [with_buttons(1, label="")]),
        ([with_buttons(1, data="d" * 300)], [with_buttons(1, data="d" * 301)]),
    ],
    ids=[
        "messages", "no message", "letters", "units", "blank", "quick replies", "no quick reply",
        "label", "no label", "data",
    ],
)  # fmt: skip
async def test_what_is_at_a_limit_is_taken_and_what_is_over_it_refused(
    line: FakeLine, user: LineUser, most: list[Any], over: list[Any]
) -> None:
    assert wrong_with(most) == ""
    body = {"replyToken": user.text("x")["replyToken"], "messages": over}
    assert (await call(line, "reply", body)).status_code == 400
    assert line.accepted == []
