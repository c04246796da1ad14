"""A light HTTP client: what drives the load shares the machine with what is measured."""

from dataclasses import dataclass
from typing import Any

import aiohttp

# Shorter than any server keeps it: one that stood still hangs up as soon as it goes on.
_KEPT_SECONDS = 2.0
_PATIENCE = aiohttp.ClientTimeout(total=300)


@dataclass(frozen=True)
class Answer:
    """Status and body of an answer."""

    status_code: int
    body: Any


class Client:
    """Posts JSON or bytes; the people of tests/fakes/ take it for httpx's."""

    def __init__(self) -> None:
        connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=_KEPT_SECONDS)
        self.session = aiohttp.ClientSession(connector=connector, timeout=_PATIENCE)

    async def post(
        self,
        url: str,
        *,
        json: Any = None,
        content: bytes | None = None,
        headers: dict[str, str] | None = None,
        timeout: float | None = None,
    ) -> Answer:
        """Return the answer; raises aiohttp.ClientError and TimeoutError."""
        async with self.session.post(url, json=json, data=content, headers=headers) as answer:
            is_json = "json" in answer.headers.get("content-type", "")
            return Answer(answer.status, await answer.json() if is_json else await answer.read())

    async def __aenter__(self) -> "Client":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.session.close()
