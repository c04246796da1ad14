"""Replies as they come: server-sent events read with fetch, over real HTTP."""

import asyncio
import json
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
import uvicorn

from api.app import create_app
from api.settings import Settings
from tests.support.servers import answers, free_port


@pytest.fixture
def address(settings: Settings) -> Iterator[str]:
    port = free_port()
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(settings), port=port, log_config=None, timeout_graceful_shutdown=1
        )
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    url = f"http://127.0.0.1:{port}"
    while not answers(f"{url}/healthz"):
        time.sleep(0.05)
    yield url
    server.should_exit = True
    thread.join()


class Listener:
    """A client of the event stream."""

    def __init__(self, address: str) -> None:
        self.http = httpx.AsyncClient(base_url=address, timeout=15)

    async def begin(self) -> None:
        opened = (await self.http.post("/chat/conversations")).json()
        self.path = f"/chat/conversations/{opened['conversation_id']}"
        self.headers = {"Authorization": f"Bearer {opened['token']}"}

    async def send(self, text: str) -> None:
        body = {"client_message_id": text, "text": text}
        await self.http.post(f"{self.path}/messages", json=body, headers=self.headers)

    async def hear(self, count: int, **headers: str) -> list[tuple[str, dict]]:
        """Return the next `count` replies with their event ids."""
        heard: list[tuple[str, dict]] = []
        whole = {**self.headers, **headers}
        async with self.http.stream("GET", f"{self.path}/events", headers=whole) as stream:
            event_id = ""
            async for line in stream.aiter_lines():
                if line.startswith("id: "):
                    event_id = line.removeprefix("id: ")
                if line.startswith("data: ") and "in_reply_to" in line:
                    heard.append((event_id, json.loads(line.removeprefix("data: "))))
                if len(heard) == count:
                    return heard
        return heard


@pytest.fixture
async def listener(address: str) -> Listener:
    listener = Listener(address)
    await listener.begin()
    return listener


async def test_a_reply_comes_without_being_asked_for(listener: Listener) -> None:
    hearing = asyncio.create_task(listener.hear(2))
    await asyncio.sleep(0.3)
    await listener.send("パスワードを忘れました")
    assert (await hearing)[1][1]["topics"] == ["password_forgot"]


async def test_a_broken_line_goes_on_where_it_broke(listener: Listener) -> None:
    first = (await listener.hear(1))[0][0]
    await listener.send("パスワードを忘れました")
    heard = await listener.hear(1, **{"Last-Event-ID": first})
    assert heard[0][1]["topics"] == ["password_forgot"]


async def test_an_event_carries_the_id_of_its_reply(listener: Listener) -> None:
    event_id, reply = (await listener.hear(1))[0]
    assert event_id == reply["id"]


async def test_the_token_is_needed(listener: Listener) -> None:
    answer = await listener.http.get(f"{listener.path}/events")
    assert answer.status_code == 401
