"""Mutated bodies under valid signatures: never a 5xx, and a good event beside a bad one is heard.

`python -m tests.faults.fuzz --bodies 10000` (nightly; 500 in .ci/run).
"""

import argparse
import asyncio
import json
import logging
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import httpx
import structlog
from sqlalchemy import text

from api.app import create_app
from api.channels.line.verify import HEADER
from api.channels.line.verify import sign as line_sign
from api.channels.slack.verify import SIGNATURE, TIMESTAMP
from api.channels.slack.verify import sign as slack_sign
from api.kit import migrations
from api.migrate import SCRIPTS
from api.settings import Settings
from api.wiring import Services
from tests.fakes import line as fake_line
from tests.fakes import slack as fake_slack
from tests.fakes.line import FakeLine, LineUser
from tests.fakes.slack import FakeSlack, SlackUser
from tests.faults.mutator import Mutator
from tests.support.servers import TOKEN


class Fuzz:
    """One gateway, and what it said to each body."""

    def __init__(self, client: httpx.AsyncClient, services: Services) -> None:
        self.client, self.services = client, services
        self.statuses: Counter[str] = Counter()
        self.unheard = 0

    async def line(self, count: int) -> None:
        """Send a mutated event beside a good one, each tenth time broken bytes."""
        fake = FakeLine()
        for number in range(count):
            mutator = Mutator(number)
            user, bystander = LineUser(fake, ""), LineUser(fake, "")
            good = bystander.text("こんにちは")
            events = [mutator.mutate(_some_line_event(user, mutator)), good]
            mutator.random.shuffle(events)
            raw = json.dumps({"destination": "U0", "events": events}).encode()
            broken = number % 10 == 9
            raw = mutator.break_bytes(raw) if broken else raw
            headers = {HEADER: line_sign(fake_line.SECRET, raw)}
            await self._post("/channels/line/webhook", raw, headers)
            if not broken:
                await self._expect(good["webhookEventId"])

    async def slack(self, count: int) -> None:
        """Send mutated events and interactions, then a good one."""
        fake = FakeSlack()
        for number in range(count):
            mutator = Mutator(number)
            member = SlackUser(fake, "")
            envelope = mutator.mutate(member.text("こんにちは"))
            path, raw = "/channels/slack/events", json.dumps(envelope).encode()
            if number % 3 == 0:
                post = {"ts": "1.2", "channel": "C1"}
                payload = mutator.mutate(member.tapping(post, "choice:k-1"))
                path = "/channels/slack/interactions"
                raw = urlencode({"payload": json.dumps(payload)}).encode()
            if number % 10 == 9:
                raw = mutator.break_bytes(raw)
            await self._slack(path, raw)
            good = SlackUser(fake, "").text("こんにちは")
            await self._slack("/channels/slack/events", json.dumps(good).encode())
            await self._expect(good["event_id"])

    async def _slack(self, path: str, raw: bytes) -> None:
        stamp = str(int(time.time()))
        headers = {TIMESTAMP: stamp, SIGNATURE: slack_sign(fake_slack.SECRET, raw, stamp)}
        await self._post(path, raw, headers)

    async def bad_signatures(self, count: int) -> None:
        """Send good bodies under wrong signatures."""
        user, member = LineUser(FakeLine(), ""), SlackUser(FakeSlack(), "")
        for number in range(count):
            mutator = Mutator(number)
            raw = json.dumps({"events": [user.text("x")]}).encode()
            wrong = mutator.break_bytes(line_sign(fake_line.SECRET, raw).encode())
            path, headers = "/channels/line/webhook", {HEADER: wrong}
            if number % 2:
                raw, stamp = json.dumps(member.text("x")).encode(), str(int(time.time()))
                wrong = mutator.break_bytes(slack_sign(fake_slack.SECRET, raw, stamp).encode())
                path = "/channels/slack/events"
                headers = {TIMESTAMP: stamp.encode(), SIGNATURE: wrong}
            await self._post(path, raw, headers, kind="bad signature ")

    async def _post(self, path: str, raw: bytes, headers: Any, kind: str = "") -> None:
        answer = await self.client.post(path, content=raw, headers=headers)
        self.statuses[f"{kind}{answer.status_code}"] += 1

    async def _expect(self, event_id: str) -> None:
        async with self.services.database.reading() as session:
            query = text("select 1 from inbox where event_id = :id")
            found = (await session.execute(query, {"id": event_id})).first()
        self.unheard += found is None

    async def rows(self) -> int:
        """Return how many messages were written down."""
        async with self.services.database.reading() as session:
            return (await session.execute(text("select count(*) from inbox"))).scalar() or 0


async def run(bodies: int, signatures: int) -> tuple[Counter[str], int, int]:
    """Return the statuses, the good events unheard, and what bad signatures left behind."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/gateway.db"
        await migrations.upgrade(url, SCRIPTS)
        settings = Settings(
            database_url=url, engine="keyword", worker="off", rasa_token=TOKEN,
            accounts_token=TOKEN, link_secret=TOKEN,
            line_channel_secret=fake_line.SECRET, line_channel_access_token=fake_line.TOKEN,
            slack_signing_secret=fake_slack.SECRET, slack_bot_token=fake_slack.TOKEN,
        )  # fmt: skip
        app = create_app(settings)
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://bot.test") as client,
        ):
            fuzz = Fuzz(client, app.state.services)
            await fuzz.bad_signatures(signatures)
            left = await fuzz.rows()
            await fuzz.line(bodies)
            await fuzz.slack(bodies)
            return fuzz.statuses, fuzz.unheard, left


def _some_line_event(user: LineUser, mutator: Mutator) -> dict[str, Any]:
    makers: list[Callable[[], dict[str, Any]]] = [
        lambda: user.text("こんにちは"),
        lambda: user.event("postback", postback={"data": "choice:k-1"}),
        lambda: user.event("follow", follow={"isUnblocked": False}),
        lambda: user.event("unfollow"),
        lambda: user.event("unsend", unsend={"messageId": "1"}),
        lambda: user.event("message", message={"type": "sticker", "id": "1"}),
    ]
    return mutator.random.choice(makers)()


def main() -> int:
    """Fuzz both channels; exit code 1 for a 5xx, an unheard event or a trace."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bodies", type=int, default=10_000, help="for each channel")
    parser.add_argument("--signatures", type=int, default=1_000)
    wanted = parser.parse_args()
    # Two lines a body cost a third of the time; what matters is counted.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    statuses, unheard, left = asyncio.run(run(wanted.bodies, wanted.signatures))
    errors = sum(count for status, count in statuses.items() if status[-3:] >= "500")
    refused = statuses["bad signature 401"] == wanted.signatures
    print(f"{dict(statuses)}; unheard {unheard}; left {left}")
    return 0 if not (errors or unheard or left) and refused else 1


if __name__ == "__main__":
    sys.exit(main())
