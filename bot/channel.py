"""The turn endpoint: the only way into Rasa. `POST /webhooks/turn/` with a bearer token.

It is bound to 127.0.0.1 (`make up` passes the interface); the token keeps other programs of
the machine out. Failure is a 5xx, never Rasa's `200 []`.
"""

from __future__ import annotations

import asyncio
import hmac
import os
import re
from typing import Any, Awaitable, Callable, Dict, Optional

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.action_results import check_form_once
from bot.logs import get_logger
from bot.turn import TurnFailed, forget, run_turn
from bot.utterance import Utterance

_log = get_logger()
_ID = re.compile(r"[A-Za-z0-9_.:#-]{1,128}")
_INTENT = re.compile(r"[a-z_]{1,64}")
_TRACE = re.compile(r"HB-[0-9A-Z]{4}-[0-9A-Z]{4}")
_MODEL = re.compile(r"helpbot-[0-9a-f-]{1,64}\.tar\.gz")
_FIELDS = {"conversation", "event_id", "channel", "text", "intent", "grant", "entities", "trace"}


def read_utterance(body: Any) -> Utterance:
    """Return the utterance in a request body; raises ValueError when it is not one."""
    if not isinstance(body, dict) or not set(body) <= _FIELDS:
        raise ValueError("fields")
    if not all(
        _ID.fullmatch(str(body.get(key))) for key in ("conversation", "event_id", "channel")
    ):
        raise ValueError("ids")
    if (body.get("text") is None) == (body.get("intent") is None):
        raise ValueError("exactly one of text and intent")
    if body.get("intent") is not None and not _INTENT.fullmatch(str(body["intent"])):
        raise ValueError("intent")
    if body.get("trace") is not None and not _TRACE.fullmatch(str(body["trace"])):
        raise ValueError("trace")
    return Utterance(**{**body, "entities": body.get("entities") or {}})


class TurnChannel(InputChannel):
    """Rasa's door for the gateway."""

    @classmethod
    def name(cls) -> str:
        """Last part of the address."""
        return "turn"

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[str, Any]]) -> TurnChannel:
        """Read `token` and `model` (file name that has to be loaded) from credentials.yml."""
        credentials = credentials or {}
        return cls(credentials.get("token") or "", credentials.get("model") or "")

    def __init__(self, token: str, model: str) -> None:
        if len(token) < 20 or token.startswith("$"):
            raise ValueError("HELPBOT_RASA_TOKEN is not set; `make up` makes one")
        self._token = token
        self._path, self._model = model, os.path.basename(model)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the route. `on_new_message` is not used: it swallows failures."""
        check_form_once()
        blueprint = Blueprint("turn")

        @blueprint.route("/", methods=["POST"])
        async def turn(request: Request) -> HTTPResponse:
            return await self._turn(request)

        @blueprint.route("/conversations/<conversation>", methods=["DELETE"])
        async def erase(request: Request, conversation: str) -> HTTPResponse:
            return await self._erase(request, conversation)

        @blueprint.route("/health", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            return self._health(request)

        @blueprint.route("/model", methods=["GET", "PUT"])
        async def model(request: Request) -> HTTPResponse:
            return await self._swap(request)

        return blueprint

    def _health(self, request: Request) -> HTTPResponse:
        """Say whether a message would find its model; costs nothing, so it can be asked often."""
        if not self._allowed(request):
            return response.json({"error": "unauthorized"}, status=401)
        if not self._ready(request.app.ctx.agent):
            return response.json({"error": "model_not_loaded"}, status=503)
        return response.json({"status": "ok"})

    async def _swap(self, request: Request) -> HTTPResponse:
        """Say which model is in memory, after loading the one that a PUT names.

        Only a file beside the present model will do: a model can run code. Turns that began
        with the old model end with it; the new one takes its place when it is whole.
        """
        if not self._allowed(request):
            return response.json({"error": "unauthorized"}, status=401)
        agent = request.app.ctx.agent
        if request.method == "PUT":
            name = str((request.json or {}).get("file"))
            path = os.path.join(os.path.dirname(self._path), name)
            if not _MODEL.fullmatch(name) or name not in os.listdir(os.path.dirname(self._path)):
                return response.json({"error": "model_unknown"}, status=404)
            await asyncio.get_running_loop().run_in_executor(None, agent.load_model, path)
            self._model = name
        processor = agent.processor
        file = os.path.basename(processor.model_filename)
        return response.json({"file": file, "model_id": processor.model_metadata.model_id})

    def _allowed(self, request: Request) -> bool:
        return hmac.compare_digest(request.token or "", self._token)

    async def _erase(self, request: Request, conversation: str) -> HTTPResponse:
        if not self._allowed(request):
            return response.json({"error": "unauthorized"}, status=401)
        try:
            await forget(request.app.ctx.agent, conversation)
        except Exception as error:
            _log.error("erasure_failed", conversation=conversation, detail=type(error).__name__)
            return response.json({"error": "erasure_failed"}, status=503)
        return response.empty(status=204)

    async def _turn(self, request: Request) -> HTTPResponse:
        if not self._allowed(request):
            return response.json({"error": "unauthorized"}, status=401)
        try:
            utterance = read_utterance(request.json)
        except Exception:
            return response.json({"error": "invalid_request"}, status=422)
        return await self._answer(request.app.ctx.agent, utterance)

    async def _answer(self, agent: Any, utterance: Utterance) -> HTTPResponse:
        if not self._ready(agent):
            return response.json({"error": "model_not_loaded"}, status=503)
        log = _log.bind(message=utterance.event_id, trace=utterance.trace)
        try:
            turn = await run_turn(agent, utterance)
            log.info("turn_done", model=turn["model_id"])
            return response.json(turn)
        except TurnFailed as failure:
            log.error("turn_failed", detail=str(failure))
        except Exception as error:
            # The message of a foreign error may quote what the person wrote: only its kind.
            log.error("turn_failed", detail=type(error).__name__)
        return response.json({"error": "turn_failed"}, status=503)

    def _ready(self, agent: Any) -> bool:
        """Say whether the model asked for is the one in memory.

        Rasa loads any other model it finds when the file named is missing.
        """
        if agent is None or not agent.is_ready():
            return False
        return not self._model or os.path.basename(agent.processor.model_filename) == self._model
