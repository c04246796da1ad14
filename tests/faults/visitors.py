"""Somebody on the website, as the widget does it: one message at a time, an open event stream."""

import asyncio
import contextlib
import json
import random
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx

from api.channels.web.parse import event_id
from api.kit.ids import new_id

# The stream sends something each 15 seconds.
_SILENCE_SECONDS, _AGAIN_SECONDS = 20.0, 1.0


class Visitor:
    """Writes through the public chat API and notes in `log` what the event stream brings."""

    def __init__(self, base: Callable[[], str], client: httpx.AsyncClient, log: Path) -> None:
        """`base` names a gateway, another one each time."""
        self._base, self._client, self._log = base, client, log
        self._token, self._last = "", ""
        self._asked: dict[str, str] = {}
        self._heard: set[str] = set()
        self._listening: asyncio.Task[None] | None = None
        self.id = ""
        # Who writes has to wait until the message before is written down.
        self.turn = asyncio.Lock()

    async def open(self) -> None:
        """Begin the conversation and listen to it, however often that has to be tried."""
        while not await self._opened():
            pass
        self._listening = asyncio.ensure_future(self._listen())

    async def _opened(self) -> bool:
        """Try once; return a second later where it failed."""
        with contextlib.suppress(httpx.HTTPError):
            answer = await self._client.post(f"{self._base()}/chat/conversations")
            if answer.status_code == 201:
                self.id, self._token = answer.json()["conversation_id"], answer.json()["token"]
                return True
        await asyncio.sleep(_AGAIN_SECONDS)
        return False

    def text(self, text: str) -> dict[str, Any]:
        """Return the body of a message."""
        return {"client_message_id": new_id("f"), "text": text}

    def event_id(self, body: dict[str, Any]) -> str:
        """Return what the gateway calls a message."""
        return event_id(self.id, body["client_message_id"])

    async def deliver(self, body: dict[str, Any], client: httpx.AsyncClient) -> httpx.Response:
        """Send a message once."""
        url = f"{self._base()}/chat/conversations/{self.id}/messages"
        answer = await client.post(url, json=body, headers=self._headers(), timeout=10)
        if answer.status_code // 100 == 2:
            self._asked[answer.json()["message_id"]] = self.event_id(body)
        return answer

    def unheard(self) -> set[str]:
        """Return the event ids of what was accepted and whose answer the stream did not bring."""
        return {event for message, event in self._asked.items() if message not in self._heard}

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}"}

    async def _listen(self) -> None:
        while True:
            try:
                async for reply in self._replies():
                    self._note(reply)
            except httpx.HTTPError:
                pass
            await asyncio.sleep(random.uniform(0, _AGAIN_SECONDS))

    async def _replies(self) -> AsyncIterator[dict[str, Any]]:
        """Yield replies from where the line broke, until it breaks again."""
        url = f"{self._base()}/chat/conversations/{self.id}/events"
        last = {"Last-Event-ID": self._last} if self._last else {}
        timeout = httpx.Timeout(10, read=_SILENCE_SECONDS)
        headers = {**self._headers(), **last}
        async with self._client.stream("GET", url, headers=headers, timeout=timeout) as stream:
            name = ""
            async for line in stream.aiter_lines():
                field, _, value = line.partition(": ")
                if field == "event":
                    name = value
                if field == "data" and name == "reply":
                    yield json.loads(value)

    def _note(self, reply: dict[str, Any]) -> None:
        self._last = reply["id"]
        asked = reply["in_reply_to"]
        if asked is None:
            return
        self._heard.add(asked)
        entry = {"kind": "event", "to": asked, "answer": reply["answer_id"], "at": time.time()}
        with self._log.open("a", encoding="utf-8") as log:
            log.write(json.dumps(entry) + "\n")
