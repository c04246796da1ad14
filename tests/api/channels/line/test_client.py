"""LINE's SDK: each way a call can fail is told apart."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio

from api.channels.line.client import LineClient
from api.chat.outbox.delivery import Refused, TryAgain
from tests.fakes.line import TOKEN, FakeLine

MESSAGES = [{"type": "text", "text": "x"}]
KEY = "5b0d0f4e-6a39-4f43-9d0f-0d8f3b0f8a11"


@pytest_asyncio.fixture(loop_scope="session")
async def client(line: FakeLine) -> AsyncIterator[LineClient]:
    client = LineClient(TOKEN, line.url)
    async with client.running():
        yield client


async def test_the_wait_that_line_wants_is_told(client: LineClient, line: FakeLine) -> None:
    line.retry_after = 7
    line.faults.append("limit")
    with pytest.raises(TryAgain) as failure:
        await client.push("U1", MESSAGES, KEY)
    assert failure.value.after == timedelta(seconds=7)


async def test_a_failure_of_lines_may_have_gone_through(client: LineClient, line: FakeLine) -> None:
    line.faults.append("fail")
    with pytest.raises(TryAgain) as failure:
        await client.push("U1", MESSAGES, KEY)
    assert failure.value.taken


async def test_what_line_took_before_is_no_failure(client: LineClient, line: FakeLine) -> None:
    line.keys.clear()
    for _ in range(2):
        await client.push("U1", MESSAGES, KEY)
    assert len(line.accepted) == 1


async def test_a_token_that_is_gone_is_no_failure(client: LineClient, line: FakeLine) -> None:
    assert await client.reply("token-nobody-has", MESSAGES) is False


async def test_what_line_will_never_take_is_refused(client: LineClient, line: FakeLine) -> None:
    with pytest.raises(Refused):
        await client.push("U1", [{"type": "text", "text": " "}], KEY.replace("5b", "5c"))


async def test_a_wrong_access_token_waits_for_the_operator(line: FakeLine) -> None:
    client = LineClient("wrong", line.url)
    async with client.running():
        with pytest.raises(TryAgain) as failure:
            await client.push("U1", MESSAGES, KEY)
    assert not failure.value.taken
