"""Slack: posts, ephemeral posts, updates, history; signed events and interactions.

https://docs.slack.dev/reference/methods ; limits of Block Kit from slack_sdk's own models.
"""

import itertools
import json
import time
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
from fastapi import Request, Response

from api.channels.slack.verify import SIGNATURE, TIMESTAMP, sign
from tests.fakes.server import FakePlatform

TOKEN, SECRET = "xoxb-for-tests", "slack-secret-for-tests"


def wrong_with(blocks: Any) -> str:
    """Return what Slack would object to in blocks; empty when it would take them."""
    if not isinstance(blocks, list) or not 1 <= len(blocks) <= 50:
        return "invalid_blocks"
    if len(json.dumps(blocks, ensure_ascii=False)) > 13_200:
        return "msg_blocks_too_long"
    return "" if all(map(is_good, blocks)) else "invalid_blocks"


def is_good(block: dict[str, Any]) -> bool:
    """Say whether Slack would take one block."""
    if block["type"] == "section":
        return 1 <= len(block["text"]["text"]) <= 3000
    elements = block["elements"]
    if block["type"] == "context":
        return 1 <= len(elements) <= 10
    short = all(
        1 <= len(each["text"]["text"]) <= 75 and len(each.get("value", "")) <= 2000
        for each in elements
    )
    apart = len({each["action_id"] for each in elements}) == len(elements)
    return 1 <= len(elements) <= 25 and short and apart


class FakeSlack(FakePlatform):
    """The platform. With `a_second`, a channel takes that many posts a second and no more."""

    _clock = itertools.count(1)

    def __init__(self, log: Path | None = None, port: int = 0, a_second: int = 0) -> None:
        super().__init__(log, port)
        self.a_second = a_second
        self.scopes = "app_mentions:read,channels:history,chat:write,groups:history,im:history"
        self.posts: dict[str, dict[str, Any]] = {}
        self.ephemeral: list[dict[str, Any]] = []
        self._recent: dict[str, list[float]] = {}
        self.app.post("/api/chat.postMessage")(self._post)
        self.app.post("/api/chat.postEphemeral")(self._ephemeral)
        self.app.post("/api/chat.update")(self._update)
        self.app.post("/api/auth.test")(self._auth)
        for verb in (self.app.get, self.app.post):
            verb("/api/conversations.replies")(self._history)
            verb("/api/conversations.history")(self._history)

    def _no(self, why: str, status: int = 200, **headers: str) -> Response:
        self.refused.append(why)
        body = json.dumps({"ok": False, "error": why})
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return Response(body, status, named, media_type="application/json")

    async def _read(self, request: Request) -> dict[str, Any] | Response:
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return self._no("invalid_auth")
        if request.headers.get("content-type", "").startswith("application/json"):
            body: dict[str, Any] = await request.json()
            return body
        return {**request.query_params, **await request.form()}

    async def _post(self, request: Request) -> Response:
        body = await self._read(request)
        if isinstance(body, Response):
            return body
        if self._is_too_fast(body["channel"]):
            return self._no("ratelimited", 429, Retry_After="1")
        if why := wrong_with(body.get("blocks")):
            return self._no(why)
        ts = self.new_ts()
        self.posts[ts] = {**body, "ts": ts}
        mark = (body.get("metadata") or {}).get("event_payload", {}).get("message", "")
        self.accept("post", body["channel"], body["blocks"], thread=body.get("thread_ts"), key=mark)
        return Response(json.dumps({"ok": True, "ts": ts}), media_type="application/json")

    def _is_too_fast(self, channel: str) -> bool:
        now = time.time()
        recent = [at for at in self._recent.get(channel, []) if now - at < 1]
        too_fast = bool(self.a_second) and len(recent) >= self.a_second
        self._recent[channel] = recent if too_fast else [*recent, now]
        return too_fast

    async def _ephemeral(self, request: Request) -> Response:
        body = await self._read(request)
        if isinstance(body, Response):
            return body
        if why := wrong_with(body.get("blocks")):
            return self._no(why)
        self.ephemeral.append(body)
        return Response('{"ok":true}', media_type="application/json")

    async def _update(self, request: Request) -> Response:
        body = await self._read(request)
        if isinstance(body, Response):
            return body
        if body["ts"] not in self.posts:
            return self._no("message_not_found")
        if why := wrong_with(body.get("blocks")):
            return self._no(why)
        self.posts[body["ts"]].update(body)
        return Response('{"ok":true}', media_type="application/json")

    async def _history(self, request: Request) -> Response:
        body = await self._read(request)
        if isinstance(body, Response):
            return body
        inside = [each for each in self.posts.values() if each["channel"] == body["channel"]]
        if "ts" in body:
            inside = [each for each in inside if each.get("thread_ts") == body["ts"]]
        found = [{"ts": each["ts"], "metadata": each.get("metadata")} for each in inside]
        content = {"ok": True, "messages": found[::-1][: int(body.get("limit", 100))]}
        return Response(json.dumps(content), media_type="application/json")

    async def _auth(self, request: Request) -> Response:
        body = await self._read(request)
        if isinstance(body, Response):
            return body
        content = {"ok": True, "user_id": "UBOT", "bot_id": "BBOT", "team": "t", "url": self.url}
        return Response(
            json.dumps(content), 200, {"x-oauth-scopes": self.scopes}, media_type="application/json"
        )

    def new_ts(self) -> str:
        """Return the time of a message, different each time."""
        return f"{int(time.time())}.{next(self._clock):06}"


class SlackUser:
    """Somebody in a workspace. Envelopes are made here and delivered by `deliver`."""

    def __init__(self, slack: FakeSlack, webhook: str) -> None:
        self.slack, self.webhook = slack, webhook
        number = uuid.uuid4().hex[:10].upper()
        self.id, self.direct = f"U{number}", f"D{number}"

    def text(self, text: str, **more: Any) -> dict[str, Any]:
        """Return the envelope of a direct message."""
        event = {"type": "message", "channel": self.direct, "channel_type": "im", "text": text}
        return self.envelope(event, **more)

    def mention(self, text: str, channel: str = "C01", **more: Any) -> dict[str, Any]:
        """Return the envelope of a message in a channel that names the bot."""
        event = {"type": "app_mention", "channel": channel, "text": f"<@UBOT> {text}"}
        return self.envelope(event, **more)

    def envelope(self, event: dict[str, Any], **more: Any) -> dict[str, Any]:
        """Return an event in its envelope."""
        return {
            "type": "event_callback",
            "team_id": "T01",
            "event_id": "Ev" + uuid.uuid4().hex[:12].upper(),
            "event": {"user": self.id, "ts": self.slack.new_ts(), **event, **more},
        }

    def deliver(
        self, envelope: dict[str, Any], client: Any = httpx, at: float | None = None, **headers: str
    ) -> httpx.Response:
        """Send an event as Slack does, signed."""
        raw = json.dumps(envelope, ensure_ascii=False).encode("utf-8", "surrogatepass")
        return self._send("/channels/slack/events", raw, client, at, headers)

    def tap(
        self, post: dict[str, Any], value: str, client: Any = httpx, at: float | None = None
    ) -> httpx.Response:
        """Tap the button with `value` under a post."""
        return self.deliver_tap(self.tapping(post, value), client, at)

    def deliver_tap(
        self, payload: dict[str, Any], client: Any = httpx, at: float | None = None
    ) -> httpx.Response:
        """Send a tap as Slack does, signed."""
        raw = urlencode({"payload": json.dumps(payload)}).encode()
        return self._send("/channels/slack/interactions", raw, client, at, {})

    def tapping(self, post: dict[str, Any], value: str) -> dict[str, Any]:
        """Return the payload of a tap."""
        action_ts = self.slack.new_ts()
        message = {"ts": post["ts"], "thread_ts": post.get("thread_ts") or ""}
        elements = [each for block in post.get("blocks", []) for each in block.get("elements", [])]
        label = next((each["text"] for each in elements if each.get("value") == value), {})
        return {
            "type": "block_actions",
            "user": {"id": self.id},
            "team": {"id": "T01"},
            "channel": {"id": post["channel"]},
            "message": message,
            "actions": [
                {"action_id": "choice-0", "value": value, "text": label, "action_ts": action_ts}
            ],
        }

    def _send(
        self, path: str, raw: bytes, client: Any, at: float | None, headers: dict[str, str]
    ) -> httpx.Response:
        stamp = str(int(at or time.time()))
        signed = {TIMESTAMP: stamp, SIGNATURE: sign(SECRET, raw, stamp), **headers}
        return client.post(f"{self.webhook}{path}", content=raw, headers=signed, timeout=10)
