"""The same dialogues on LINE and Slack: people who use the fakes, answers read from both sides."""

import contextlib
import json
import sqlite3
import time
from collections.abc import Callable
from typing import Any

import httpx

from tests.fakes.line import FakeLine, LineUser
from tests.fakes.slack import FakeSlack, SlackUser
from tests.scenarios.conftest import Stack


def until_accepted(deliver: Callable[[], httpx.Response]) -> None:
    """Deliver again after a 503 and after no answer in time, as the platforms do."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with contextlib.suppress(httpx.TransportError):
            if (answer := deliver()).status_code != 503:
                assert answer.status_code == 200, answer.text
                return
        time.sleep(0.5)
    raise AssertionError("nobody accepts it")


class OnPlatform:
    """Somebody on a platform; what was shown there is compared with what was decided."""

    channel = ""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.offered: dict[str, str] = {}

    def _replies(self, event_id: str) -> list[dict[str, Any]]:
        """Return the replies once they are delivered, with the choices under each."""
        message = self._delivered(event_id)
        query = "select id, answer_id, body from replies where in_reply_to = ? order by position"
        choices = "select label, topic, id from choices where reply_id = ? order by position"
        with contextlib.closing(sqlite3.connect(self.stack.var / "gateway.db")) as database:
            found = []
            for reply_id, answer_id, body in database.execute(query, (message,)).fetchall():
                offered = database.execute(choices, (reply_id,)).fetchall()
                named = [{"label": label, "topic": topic} for label, topic, _ in offered]
                found.append({**json.loads(body), "answer_id": answer_id, "choices": named})
        return found

    def _delivered(self, event_id: str) -> str:
        query = (
            "select i.id from inbox i join outbox o on o.message_id = i.id "
            "where i.event_id = ? and o.delivered_at is not null"
        )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with contextlib.closing(sqlite3.connect(self.stack.var / "gateway.db")) as database:
                row = database.execute(query, (event_id,)).fetchone()
            if row:
                return str(row[0])
            time.sleep(0.05)
        raise AssertionError("no answer in time")

    def _seen(self, replies: list[dict[str, Any]], shown: str) -> dict[str, Any]:
        """Fail unless every word and button that was decided stands on the screen."""
        for reply in replies:
            for words in (reply["text"], *reply["details"]):
                assert words in shown, words
            missing = [c["label"] for c in reply["choices"] if c["label"] not in self.offered]
            assert missing == []
        return {"replies": replies}


class OnLine(OnPlatform):
    """Somebody on LINE."""

    channel = "line"

    def __init__(self, stack: Stack, line: FakeLine) -> None:
        super().__init__(stack)
        self.line = line
        self.user = LineUser(line, f"{stack.address}/channels/line/webhook")

    def writes(self, text: str) -> dict[str, Any]:
        """Send `text` and return what was answered."""
        return self._send(self.user.text(text))

    def taps(self, label: str) -> dict[str, Any]:
        """Tap the button with that label."""
        return self._send(self.user.event("postback", postback={"data": self.offered[label]}))

    def _send(self, event: dict[str, Any]) -> dict[str, Any]:
        until_accepted(lambda: self.user.deliver(event))
        replies = self._replies(event["webhookEventId"])
        mine = {event["webhookEventId"], self.user.id}
        entry = [each for each in self.line.accepted if each["to"] in mine][-1]
        items = entry["body"][-1].get("quickReply", {}).get("items", [])
        self.offered |= {each["action"]["label"]: each["action"]["data"] for each in items}
        return self._seen(replies, "\n".join(each["text"] for each in entry["body"]))


class OnSlack(OnPlatform):
    """Somebody in Slack, in a direct message."""

    channel = "slack"

    def __init__(self, stack: Stack, slack: FakeSlack) -> None:
        super().__init__(stack)
        self.slack = slack
        self.user = SlackUser(slack, stack.address)
        self.post: dict[str, Any] = {}

    def writes(self, text: str) -> dict[str, Any]:
        """Send `text` and return what was answered."""
        envelope = self.user.text(text)
        until_accepted(lambda: self.user.deliver(envelope))
        return self._read(envelope["event_id"])

    def taps(self, label: str) -> dict[str, Any]:
        """Tap the button with that label."""
        payload = self.user.tapping(self.post, self.offered[label])
        until_accepted(lambda: self.user.deliver_tap(payload))
        action = payload["actions"][0]
        return self._read(f"{action['action_ts']}:{action['action_id']}:{self.user.id}")

    def _read(self, event_id: str) -> dict[str, Any]:
        replies = self._replies(event_id)
        mine = [post for post in self.slack.posts.values() if post["channel"] == self.user.direct]
        self.post = mine[-1]
        elements = [each for block in self.post["blocks"] for each in block.get("elements", [])]
        self.offered |= {
            each["text"]["text"]: each["value"] for each in elements if "value" in each
        }
        shown = [b["text"]["text"] for b in self.post["blocks"] if b["type"] == "section"]
        return self._seen(replies, "\n".join(shown))
