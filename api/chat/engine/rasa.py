"""Rasa behind its turn endpoint."""

import itertools
from collections.abc import Iterator
from typing import Any

import httpx

from api.chat.engine.protocol import Ask, EngineFailed, Spoken, Turn
from api.kit.breaker import Breaker
from api.kit.clock import Clock, utc_now

# Longer than an action's five seconds, shorter than a worker's patience.
TIMEOUT_SECONDS = 8.0
# A topic that may have been meant is one tap away.
_LIKELY_ENOUGH, _MOST_RUNNERS_UP = 0.03, 3


class RasaEngine:
    """Asks one of several Rasa servers in turn, and leaves one that does not answer alone."""

    def __init__(
        self, http: httpx.AsyncClient, urls: list[str], token: str, clock: Clock = utc_now
    ) -> None:
        self._http = http
        self._breakers = {url: Breaker(clock) for url in urls}
        self._urls = itertools.cycle(urls)
        self._headers = {"Authorization": f"Bearer {token}"}

    async def turn(self, ask: Ask) -> Turn:
        """See Engine.turn."""
        server = self._server()
        try:
            answer = await self._http.post(
                f"{server}/webhooks/turn/",
                json=_body(ask),
                headers=self._headers,
                timeout=TIMEOUT_SECONDS,
            )
            answer.raise_for_status()
            turn = _turn(answer.json())
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            self._breakers[server].failed()
            raise EngineFailed(type(error).__name__) from error
        self._breakers[server].succeeded()
        return turn

    def _server(self) -> str:
        """Return the next server that may be asked; raises EngineFailed when all rest."""
        for _ in self._breakers:
            if self._breakers[server := next(self._urls)].allow():
                return server
        raise EngineFailed("circuit open")

    async def forget(self, conversation_id: str) -> None:
        """See Engine.forget; all servers share one tracker store, so telling one is enough."""
        url = f"{next(self._urls)}/webhooks/turn/conversations/{conversation_id}"
        try:
            answer = await self._http.delete(url, headers=self._headers, timeout=TIMEOUT_SECONDS)
            answer.raise_for_status()
        except httpx.HTTPError as error:
            raise EngineFailed(type(error).__name__) from error


def _body(ask: Ask) -> dict[str, Any]:
    body: dict[str, Any] = {
        "conversation": ask.conversation_id,
        "event_id": ask.event_id,
        "channel": ask.channel,
        "text": ask.text,
        "intent": ask.intent,
        "grant": ask.grant,
        "entities": ask.entities or None,
    }
    return {key: value for key, value in body.items() if value is not None}


def _turn(body: dict[str, Any]) -> Turn:
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
