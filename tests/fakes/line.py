"""LINE: reply tokens good once and for a minute, retry keys, limits, webhooks with signatures.

https://developers.line.biz/en/reference/messaging-api/ ; limits from line-openapi.
"""

import itertools
import json
import re
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import regex
from fastapi import Request, Response

from api.channels.line.verify import HEADER, sign
from tests.fakes.server import FakePlatform

TOKEN, SECRET = "line-token-for-tests", "line-secret-for-tests"
TOKEN_LIFE, EVENT_LIFE = 60.0, 20 * 60.0
_UUID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}")


@dataclass
class Token:
    """A reply token: when it was handed out, for which event, and whether it is used."""

    event_id: str
    handed_out: float
    sent: float
    used: bool = False


def wrong_with(messages: Any) -> str:
    """Return what LINE would object to in message objects; empty when it would take them."""
    if not isinstance(messages, list) or not 1 <= len(messages) <= 5:
        return "messages: size must be between 1 and 5"
    return next(filter(None, map(wrong_with_one, messages)), "")


def wrong_with_one(message: dict[str, Any]) -> str:
    """Return what LINE would object to in one message object."""
    text, items = message.get("text", ""), message.get("quickReply", {}).get("items", [])
    labels = [regex.findall(r"\X", item["action"]["label"]) for item in items]
    rules = {
        "text may not be empty": message.get("type") == "text" and bool(text.strip()),
        "text is longer than 5000": len(text.encode("utf-16-le")) // 2 <= 5000,
        "quickReply/items: 1 to 13": "quickReply" not in message or 1 <= len(items) <= 13,
        "label must be 1 to 20": all(1 <= len(label) <= 20 for label in labels),
        "data is longer than 300": all(len(item["action"]["data"]) <= 300 for item in items),
    }
    return next((why for why, kept in rules.items() if not kept), "")


class FakeLine(FakePlatform):
    """The platform. `people` speak through it."""

    def __init__(self, log: Path | None = None, port: int = 0) -> None:
        super().__init__(log, port)
        self.tokens: dict[str, Token] = {}
        self.keys: dict[str, str] = {}
        self.app.post("/v2/bot/message/reply")(self._reply)
        self.app.post("/v2/bot/message/push")(self._push)
        self.app.post("/v2/bot/chat/loading/start")(self._loading)
        self.app.get("/v2/bot/info")(self._info)
        self.app.get("/v2/bot/channel/webhook/endpoint")(self._endpoint)
        self.app.post("/v2/bot/channel/webhook/test")(self._test)
        self.webhook = "https://bot.example/channels/line/webhook"
        self.active = True
        # What the webhook answers when LINE itself tries it, and what LINE calls that.
        self.tried = (200, "OK")

    def _refuse(self, why: str, status: int = 400) -> Response:
        self.refused.append(why)
        return Response(json.dumps({"message": why}), status, media_type="application/json")

    def _stranger(self, request: Request) -> bool:
        return request.headers.get("authorization") != f"Bearer {TOKEN}"

    async def _reply(self, request: Request) -> Response:
        body = await request.json()
        if self._stranger(request):
            return self._refuse("Authentication failed", 401)
        if "x-line-retry-key" in request.headers:
            return self._refuse("The retry key is not supported")
        token, now = self.tokens.get(body.get("replyToken", "")), time.time()
        if token is None or token.used or now - token.handed_out > TOKEN_LIFE:
            return self._refuse("Invalid reply token")
        if now - token.sent > EVENT_LIFE:
            return self._refuse("Invalid reply token")
        if why := wrong_with(body.get("messages")):
            return self._refuse(why)
        token.used = True
        self.accept("reply", token.event_id, body["messages"])
        return Response('{"sentMessages":[{"id":"1"}]}', media_type="application/json")

    async def _push(self, request: Request) -> Response:
        raw, key = await request.body(), request.headers.get("x-line-retry-key", "")
        if self._stranger(request):
            return self._refuse("Authentication failed", 401)
        if not _UUID.fullmatch(key):
            return self._refuse("The retry key is invalid")
        if key in self.keys:
            return Response(
                '{"message":"The retry key is already accepted"}',
                409 if self.keys[key] == raw.decode() else 400,
                {"x-line-accepted-request-id": key},
                media_type="application/json",
            )
        body = json.loads(raw)
        if why := wrong_with(body.get("messages")):
            return self._refuse(why)
        self.keys[key] = raw.decode()
        self.accept("push", body["to"], body["messages"], key=key)
        return Response('{"sentMessages":[{"id":"1"}]}', media_type="application/json")

    async def _loading(self, request: Request) -> Response:
        body = await request.json()
        if not str(body.get("chatId", "")).startswith("U"):
            return self._refuse("chatId must be a user")
        if body.get("loadingSeconds") not in range(5, 61, 5):
            return self._refuse("loadingSeconds")
        return Response("{}", 202, media_type="application/json")

    async def _info(self, request: Request) -> Response:
        if self._stranger(request):
            return self._refuse("Authentication failed", 401)
        body = '{"userId":"U0","basicId":"@000bot","displayName":"x","chatMode":"bot"}'
        return Response(body, media_type="application/json")

    async def _endpoint(self) -> Any:
        if not self.webhook:
            return self._refuse("Webhook endpoint not found", 404)
        return {"endpoint": self.webhook, "active": self.active}

    async def _test(self) -> dict[str, Any]:
        status, reason = self.tried
        return {"success": status == 200, "statusCode": status, "reason": reason, "detail": ""}

    def token(self, event_id: str, sent: float) -> str:
        """Hand out a reply token; a redelivered event bears the same one, good for longer."""
        name = f"token-{event_id}"
        known = self.tokens.setdefault(name, Token(event_id, 0, sent))
        known.handed_out = time.time()
        return name


class LineUser:
    """Somebody with LINE on the telephone. Events are made here and delivered by `deliver`."""

    _numbers = itertools.count(1)

    def __init__(self, line: FakeLine, webhook: str) -> None:
        self.line, self.webhook = line, webhook
        self.id = "U" + uuid.uuid4().hex
        self.source: dict[str, str] = {"type": "user", "userId": self.id}

    def event(self, kind: str, **content: Any) -> dict[str, Any]:
        """Return an event of this moment."""
        now = time.time()
        event_id = f"01J{next(self._numbers):05}{uuid.uuid4().hex[:16].upper()}"
        return {
            "type": kind,
            "mode": "active",
            "timestamp": int(now * 1000),
            "source": self.source,
            "webhookEventId": event_id,
            "deliveryContext": {"isRedelivery": False},
            "replyToken": self.line.token(event_id, now),
            **content,
        }

    def text(self, text: str, **more: Any) -> dict[str, Any]:
        """Return the event of a text message."""
        message = {"type": "text", "id": str(uuid.uuid4().int)[:18], "text": text, **more}
        return self.event("message", message=message)

    def deliver(self, *events: dict[str, Any], client: Any = httpx) -> httpx.Response:
        """Send events as LINE does, signed."""
        body = {"destination": "U" + "0" * 32, "events": list(events)}
        raw = json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass")
        headers = {HEADER: sign(SECRET, raw), "content-type": "application/json"}
        return client.post(self.webhook, content=raw, headers=headers, timeout=10)
