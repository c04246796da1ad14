"""One database, two processes: who listens at one gateway hears what the other one does."""

import asyncio
import contextlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from tests.support.servers import API_PYTHON, TOKEN, free_port, running


@contextlib.contextmanager
def gateway(database_url: str, worker: str, folder: Path) -> Iterator[str]:
    port = free_port()
    environment = {
        "HELPBOT_DATABASE_URL": database_url.replace("postgresql+psycopg://", "postgresql://"),
        "HELPBOT_ENGINE": "keyword",
        "HELPBOT_WORKER": worker,
        "HELPBOT_PORT": str(port),
        "HELPBOT_RASA_TOKEN": TOKEN,
        "HELPBOT_ACCOUNTS_TOKEN": TOKEN,
        "HELPBOT_LINK_SECRET": TOKEN,
    }
    url = f"http://127.0.0.1:{port}"
    command = [API_PYTHON, "-m", "api"]
    with running(command, f"{url}/healthz", folder / f"{worker}.log", **environment):
        yield url


@pytest.fixture
def front(database_url: str, tmp_path: Path) -> Iterator[str]:
    """A gateway that only accepts; the worker is in another process."""
    with gateway(database_url, "off", tmp_path) as url, gateway(database_url, "on", tmp_path):
        yield url


class Person:
    """Writes and listens at one gateway."""

    def __init__(self, http: httpx.AsyncClient, opened: dict) -> None:
        self.http, self.path = http, f"/chat/conversations/{opened['conversation_id']}"
        self.headers = {"Authorization": f"Bearer {opened['token']}"}
        self.heard: asyncio.Queue[dict] = asyncio.Queue()

    async def listen(self) -> None:
        stream = self.http.stream("GET", f"{self.path}/events", headers=self.headers)
        async with stream as events:
            async for line in events.aiter_lines():
                if line.startswith("data: ") and "in_reply_to" in line:
                    self.heard.put_nowait(json.loads(line.removeprefix("data: ")))

    async def ask(self, name: str, text: str) -> tuple[dict, float]:
        """Return the reply and how long after it was written it was heard."""
        body = {"client_message_id": name, "text": text}
        await self.http.post(f"{self.path}/messages", json=body, headers=self.headers)
        reply = await asyncio.wait_for(self.heard.get(), 60)
        written = datetime.fromisoformat(reply["created_at"])
        return reply, (datetime.now(UTC) - written).total_seconds()


async def test_an_answer_made_elsewhere_is_heard_within_a_second(front: str) -> None:
    """The quickest of several: without the exchange each takes a poll, which is five seconds."""
    async with httpx.AsyncClient(base_url=front, timeout=30) as http:
        person = Person(http, (await http.post("/chat/conversations")).json())
        listening = asyncio.create_task(person.listen())
        await person.heard.get()  # the greeting
        asked = [await person.ask(str(name), "パスワードを忘れました") for name in range(4)]
        listening.cancel()
    assert {reply["topics"][0] for reply, _ in asked} == {"password_forgot"}
    assert min(took for _, took in asked) < 1
