"""Slack's SDK does what we tell it, and nothing on its own account."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio

from api.channels.slack.client import SlackClient
from api.chat.outbox.delivery import TryAgain
from tests.fakes.slack import TOKEN, FakeSlack


async def post(base: str) -> None:
    blocks = [{"type": "section", "text": {"type": "plain_text", "text": "x"}}]
    await SlackClient(TOKEN, base).post("C1", "", "x", blocks, "m-1")


class Breaking:
    """A server that reads a call and breaks the connection instead of answering."""

    def __init__(self) -> None:
        self.calls, self.port = 0, 0

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        self.calls += 1
        writer.close()


@pytest_asyncio.fixture(loop_scope="session")
async def breaking() -> AsyncIterator[Breaking]:
    breaking = Breaking()
    server = await asyncio.start_server(breaking.take, "127.0.0.1", 0)
    breaking.port = server.sockets[0].getsockname()[1]
    async with server:
        yield breaking


async def test_a_post_that_may_have_gone_through_is_not_made_again_by_the_sdk(
    breaking: Breaking,
) -> None:
    with pytest.raises(TryAgain) as failure:
        await post(f"http://127.0.0.1:{breaking.port}/api")
    assert breaking.calls == 1
    assert failure.value.taken


async def test_the_wait_that_slack_wants_is_told(slack: FakeSlack) -> None:
    slack.retry_after = 7
    slack.faults.append("limit")
    with pytest.raises(TryAgain) as failure:
        await post(f"{slack.url}/api")
    assert failure.value.after == timedelta(seconds=7)
    assert not failure.value.taken
