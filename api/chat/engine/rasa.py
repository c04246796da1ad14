"""Rasa behind its turn endpoint."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import aiohttp

from api.chat.engine.protocol import Ask, EngineFailed, Spoken, Turn
from api.chat.engine.servers import Servers
from api.kit.clock import Clock, utc_now
from api.kit.tasks import begin

# For one message, whatever number of servers is asked: longer than an action's five seconds,
# shorter than a worker's patience.
TIMEOUT_SECONDS = 8.0
# A turn without an action is done by then; a server that is silent for longer is asked whether it
# lives at all, so that one that hangs costs a message little.
QUIET_SECONDS = 3.0
_TIMEOUT = aiohttp.ClientTimeout(total=TIMEOUT_SECONDS)
_REFUSED = 400
# A topic that may have been meant is one tap away.
_LIKELY_ENOUGH, _MOST_RUNNERS_UP = 0.03, 3


class RasaEngine:
    """Asks one of several Rasa servers, and at once the next where one fails."""

    def __init__(
        self, http: aiohttp.ClientSession, urls: list[str], token: str, clock: Clock = utc_now
    ) -> None:
        self._http, self._headers = http, {"Authorization": f"Bearer {token}"}
        self._servers = Servers(http, urls, self._headers, clock)

    async def look(self) -> bool:
        """Look after the servers; say whether any of them lives."""
        return await self._servers.look()

    async def turn(self, ask: Ask) -> Turn:
        """See Engine.turn."""
        failure = EngineFailed("no server may be asked")
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS):
                for server in self._servers.in_turn():
                    try:
                        return await self._ask(server, ask)
                    except EngineFailed as failed:
                        failure = failed
        except TimeoutError:
            failure = EngineFailed("timeout")
        raise failure

    async def _ask(self, server: str, ask: Ask) -> Turn:
        """Ask one server; raises EngineFailed, early where it does not even say that it lives."""
        asking = begin(self._post(server, ask))
        try:
            done, _ = await asyncio.wait({asking}, timeout=QUIET_SECONDS)
            if not done and not await self._servers.lives(server) and not asking.done():
                raise EngineFailed("it hangs")
            return await asking
        finally:
            asking.cancel()

    async def _post(self, server: str, ask: Ask) -> Turn:
        url = f"{server}/webhooks/turn/"
        try:
            async with self._send("POST", url, json=as_body(ask)) as answer:
                status, raw = answer.status, await answer.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            self._servers.failed(server)
            raise EngineFailed(type(error).__name__) from error
        if status >= _REFUSED:
            # It lives, but could not do this one.
            raise EngineFailed(f"status {status}")
        try:
            turn = read_turn(json.loads(raw))
        except (ValueError, KeyError, TypeError) as error:
            raise EngineFailed(type(error).__name__) from error
        self._servers.succeeded(server)
        return turn

    def _send(self, method: str, url: str, json: Any = None) -> Any:
        return self._http.request(method, url, json=json, headers=self._headers, timeout=_TIMEOUT)

    async def forget(self, conversation_id: str) -> None:
        """See Engine.forget. One server takes it out of the store that all share; each may have it
        in its memory, where it stays ten minutes at most, so the others are told as far as they
        hear.
        """
        path = f"webhooks/turn/conversations/{conversation_id}"
        told = [self._forget(f"{server}/{path}") for server in self._servers.in_turn()]
        outcomes = await asyncio.gather(*told)
        if None not in outcomes:
            raise next((each for each in outcomes if each), EngineFailed("no server may be asked"))

    async def _forget(self, url: str) -> EngineFailed | None:
        try:
            async with self._send("DELETE", url) as answer:
                answer.raise_for_status()
        except (aiohttp.ClientError, TimeoutError) as error:
            return EngineFailed(type(error).__name__)
        return None


def as_body(ask: Ask) -> dict[str, Any]:
    """Return a message as the turn endpoint takes it."""
    body: dict[str, Any] = {
        "conversation": ask.conversation_id,
        "event_id": ask.event_id,
        "channel": ask.channel,
        "text": ask.text,
        "intent": ask.intent,
        "grant": ask.grant,
        "entities": ask.entities or None,
        "trace": ask.trace,
    }
    return {key: value for key, value in body.items() if value is not None}


def read_turn(body: dict[str, Any]) -> Turn:
    """Return what the turn endpoint answered; raises ValueError, KeyError and TypeError."""
    spoken = tuple(
        Spoken(each["answer"], each.get("values") or {}, bool(each.get("private")))
        for each in body["messages"]
    )
    if not spoken:
        raise ValueError("silence")
    intent = body["intent"]
    return Turn(
        spoken,
        intent.get("name"),
        intent.get("confidence"),
        body.get("model_id"),
        tuple(_runners_up(body["ranking"], intent.get("name"))),
        tuple((each["name"], each["confidence"] or 0.0) for each in body["ranking"]),
        tuple((each["start"], each["end"], each["intent"]) for each in body["segments"]),
        tuple(body.get("actions") or ()),
    )


def _runners_up(ranking: list[dict[str, Any]], chosen: str | None) -> Iterator[str]:
    """Yield the intents that are likely enough to be offered beside the answer."""
    for each in ranking[: _MOST_RUNNERS_UP + 1]:
        if each["name"] != chosen and (each["confidence"] or 0) >= _LIKELY_ENOUGH:
            yield each["name"]
