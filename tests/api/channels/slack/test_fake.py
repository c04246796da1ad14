"""The fake Slack refuses what Slack refuses: without that, no test of ours would prove anything."""

from typing import Any

import httpx
import pytest

from tests.fakes.slack import TOKEN, FakeSlack, wrong_with

CALLS = ("chat.postMessage", "chat.postEphemeral", "chat.update")


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def section(length: int) -> dict[str, Any]:
    return {"type": "section", "text": plain("x" * length)}


def buttons(count: int, label: str = "x", value: str = "v", same: str = "") -> dict[str, Any]:
    elements = [
        {"type": "button", "action_id": same or f"a-{place}", "text": plain(label), "value": value}
        for place in range(count)
    ]
    return {"type": "actions", "elements": elements}


def context(count: int) -> dict[str, Any]:
    return {"type": "context", "elements": [plain("x")] * count}


async def call(slack: FakeSlack, name: str, blocks: Any, timeout: float = 5) -> httpx.Response:
    body = {"channel": "C1", "ts": "1.1", "user": "U1", "text": "x", "blocks": blocks}
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with httpx.AsyncClient(headers=headers, timeout=timeout) as http:
        return await http.post(f"{slack.url}/api/{name}", json=body)


LIMITS = {
    "blocks": ([section(1)] * 50, [section(1)] * 51),
    "no block": ([section(1)], []),
    "section": ([section(3000)], [section(3001)]),
    "empty section": ([section(1)], [section(0)]),
    "buttons": ([buttons(25)], [buttons(26)]),
    "no button": ([buttons(1)], [buttons(0)]),
    "label": ([buttons(1, label="x" * 75)], [buttons(1, label="x" * 76)]),
    "value": ([buttons(1, value="v" * 2000)], [buttons(1, value="v" * 2001)]),
    "same action": ([buttons(2)], [buttons(2, same="a")]),
    "context": ([context(10)], [context(11)]),
    "all together": ([section(3000)] * 4, [section(3000)] * 5),
}


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("limit", LIMITS)
async def test_what_is_at_a_limit_is_taken_and_what_is_over_it_refused(
    slack: FakeSlack, limit: str, name: str
) -> None:
    most, over = LIMITS[limit]
    slack.posts["1.1"] = {"channel": "C1", "ts": "1.1"}
    assert wrong_with(most) == ""
    answer = (await call(slack, name, over)).json()
    assert answer["ok"] is False
    assert answer["error"] in {"invalid_blocks", "msg_blocks_too_long"}
    assert (slack.accepted, slack.ephemeral) == ([], [])


async def test_a_channel_takes_so_many_posts_a_second_and_says_how_long_to_wait(
    slack: FakeSlack,
) -> None:
    slack._recent.clear()
    slack.a_second = 1
    answers = [await call(slack, "chat.postMessage", [section(1)]) for _ in range(2)]
    assert [each.status_code for each in answers] == [200, 429]
    assert answers[1].headers["retry-after"] == "1"
    assert len(slack.accepted) == 1


async def test_what_was_taken_counts_though_nobody_is_told(slack: FakeSlack) -> None:
    slack.faults.append("lose")
    with pytest.raises(httpx.ReadTimeout):
        await call(slack, "chat.postMessage", [section(1)], timeout=1)
    assert len(slack.accepted) == 1


async def test_a_stranger_is_refused(slack: FakeSlack) -> None:
    async with httpx.AsyncClient() as http:
        answer = await http.post(f"{slack.url}/api/chat.postMessage", json={"channel": "C1"})
    assert answer.json() == {"ok": False, "error": "invalid_auth"}
