"""Those who write: each says one thing, and notes what became of it."""

import asyncio
import time
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any, Protocol

import aiohttp

from api.channels.web.parse import event_id
from api.kit.ids import new_id
from benchmarks.client import Answer, Client
from benchmarks.stack import Whole
from tests.fakes.line import LineUser
from tests.fakes.slack import SlackUser
from tests.faults.traffic import Sent

WAIT_SECONDS = 20


@dataclass
class Said(Sent):
    """A message; times in seconds. `answered` is set where the answer came with the request."""

    ack: float = 0.0
    answered: float = 0.0
    error: str = ""
    refused: bool = False


class Person(Protocol):
    """Somebody with one conversation."""

    async def say(self, text: str, *, wait: bool) -> Said:
        """Send a text; with `wait`, and where the channel can, until it is answered."""
        ...


class Visitor:
    """Somebody on the website, through the public chat API."""

    def __init__(self, client: Client, base: str) -> None:
        self._client, self._base = client, base
        self.conversation, self.token = "", ""

    async def open(self) -> "Visitor":
        """Begin the conversation."""
        opened = await self._client.post(f"{self._base}/chat/conversations", json={})
        self.conversation, self.token = opened.body["conversation_id"], opened.body["token"]
        return self

    @property
    def headers(self) -> dict[str, str]:
        """What opens the conversation."""
        return {"Authorization": f"Bearer {self.token}"}

    async def say(self, text: str, *, wait: bool) -> Said:
        """See Person.say."""
        client_id = new_id("b")
        said = Said(event_id(self.conversation, client_id), "web", self.conversation, time.time())
        await _deliver(said, self._post(client_id, text, wait=wait))
        if wait and said.accepted_at and said.ack < WAIT_SECONDS:
            said.answered = said.ack
        return said

    async def ask(self, text: str) -> None:
        """Send a text and return once it is answered, however long that takes.

        What is not written down (503) is sent again. Raises RuntimeError when it is refused.
        """
        client_id, status = new_id("b"), 202
        while status in (202, 503):
            status = (await self._post(client_id, text, wait=True)).status_code
        if status != 200:
            raise RuntimeError(f"the chat API answered {status}")

    async def _post(self, client_id: str, text: str, *, wait: bool) -> Answer:
        prefer = {"Prefer": f"wait={WAIT_SECONDS}"} if wait else {}
        url = f"{self._base}/chat/conversations/{self.conversation}/messages"
        body = {"client_message_id": client_id, "text": text}
        return await self._client.post(url, json=body, headers={**self.headers, **prefer})


class OnLine:
    """Somebody with LINE."""

    def __init__(self, client: Client, stack: Whole) -> None:
        self._client = client
        self._user = LineUser(stack.line, f"{stack.url}/channels/line/webhook")

    async def say(self, text: str, *, wait: bool) -> Said:
        """See Person.say; the answer goes to the platform."""
        event = self._user.text(text)
        said = Said(event["webhookEventId"], "line", self._user.id, time.time())
        await _deliver(said, self._user.deliver(event, client=self._client))
        return said


class InSlack:
    """Somebody in a workspace, in a direct message."""

    def __init__(self, client: Client, stack: Whole) -> None:
        self._client, self._member = client, SlackUser(stack.slack, stack.url)

    async def say(self, text: str, *, wait: bool) -> Said:
        """See Person.say; the answer goes to the platform."""
        envelope = self._member.text(text)
        said = Said(envelope["event_id"], "slack", self._member.id, time.time())
        await _deliver(said, self._member.deliver(envelope, client=self._client))
        return said


async def _deliver(said: Said, request: Awaitable[Answer] | Any) -> None:
    """Send once and note how it ended: a load test counts what a platform would send again."""
    began = time.monotonic()
    try:
        answer = await request
    except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
        said.error = type(error).__name__
        return
    said.ack, said.tries = time.monotonic() - began, 1
    if answer.status_code == 429:
        said.refused = True
    elif answer.status_code // 100 != 2:
        said.error = str(answer.status_code)
    else:
        said.accepted_at = time.time()
