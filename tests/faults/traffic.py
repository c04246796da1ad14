"""People on the website, LINE and Slack: each message is sent until somebody says yes."""

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx

from tests.fakes.line import LineUser
from tests.fakes.slack import SlackUser
from tests.faults.stack import GATEWAYS, Stack
from tests.faults.visitors import Visitor

TEXTS = (
    "ワンタイムパスワードが届きません",
    "パスワードを忘れました",
    "こんにちは",
    "求人が検索できません",
    "アカウントがロックされました",
    "オンライン登録者と利用登録者の違いは何ですか",
    "アカウントがロックされているか調べてください",
)
_AGAIN_SECONDS = 1.0


@dataclass
class Sent:
    """One message: its event id, its platform, and when it was sent and first accepted."""

    event_id: str
    channel: str
    person: str
    sent_at: float
    accepted_at: float = 0.0
    tries: int = 0


@dataclass
class Traffic:
    """Sends, remembers, measures. `shape` changes how an event is delivered."""

    stack: Stack
    rate: float = 5.0
    people: int = 24
    sent: list[Sent] = field(default_factory=list)
    acks: list[float] = field(default_factory=list)
    shape: str = ""

    def __post_init__(self) -> None:
        self._random = random.Random(1)
        self._users = [LineUser(self.stack.line, "") for _ in range(self.people // 2)]
        self._members = [SlackUser(self.stack.slack, "") for _ in range(self.people // 4)]
        self._tasks: set[asyncio.Task[None]] = set()
        self._turn = 0
        # One for all: each reads all certificates of the machine when it is made.
        self._client = httpx.AsyncClient(limits=httpx.Limits(max_connections=None))
        log = self.stack.folder / "web.jsonl"
        self._visitors = [Visitor(self._base, self._client, log) for _ in range(self.people // 4)]

    async def run(self, seconds: float) -> None:
        """Send for so long; deliveries go on in the background."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self._begin()
            await asyncio.sleep(self._random.expovariate(self.rate))

    async def settled(self, seconds: float) -> float:
        """Wait until all is delivered and answered; return how long that took, -1 if it did not."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            done = all(task.done() for task in self._tasks) and self.stack.all_done()
            if done and not self._unheard(self.sent):
                return time.monotonic() - began
            await asyncio.sleep(0.3)
        return -1.0

    async def caught_up(self, seconds: float) -> float:
        """Wait until all that was sent so far has its outcome, while more is sent.

        Return how long that took, -1 if it did not.
        """
        began, accepted = time.monotonic(), None
        so_far = [*self.sent]
        while time.monotonic() - began < seconds:
            if accepted is None and all(each.accepted_at for each in so_far):
                accepted = datetime.now(UTC)
            if accepted and self.stack.all_done(accepted) and not self._unheard(so_far):
                return time.monotonic() - began
            await asyncio.sleep(0.3)
        return -1.0

    def _begin(self) -> None:
        # Round and round: nobody writes so fast as to be asked to slow down.
        self._turn += 1
        round_, place = divmod(self._turn, 4)
        if place == 0:
            self._spawn(self._slack(self._members[round_ % len(self._members)]))
        elif place == 2:
            self._spawn(self._web(self._visitors[round_ % len(self._visitors)]))
        else:
            self._spawn(self._line(self._users[self._turn // 2 % len(self._users)]))

    def _spawn(self, sending: Any) -> None:
        task = asyncio.ensure_future(sending)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _text(self) -> str:
        return self._random.choice(TEXTS)

    def _base(self) -> str:
        return self.stack.url(self._random.choice(GATEWAYS))

    def _unheard(self, sent: Sequence[Sent]) -> bool:
        """Say whether a page waits for the answer to anything of this."""
        unheard = set[str]().union(*(each.unheard() for each in self._visitors))
        return any(each.event_id in unheard for each in sent)

    async def _web(self, visitor: Visitor) -> None:
        text = self._text()
        async with visitor.turn:
            if not visitor.id:
                await visitor.open()
            body = visitor.text(text)
            sent = Sent(visitor.event_id(body), "web", visitor.id, time.time())
            self.sent.append(sent)
            await self._deliver(sent, visitor, body)

    async def _line(self, user: LineUser) -> None:
        events = [user.text(self._text())]
        if self.shape == "late":
            events[0]["timestamp"] -= 21 * 60 * 1000
            self.stack.line.tokens[events[0]["replyToken"]].sent -= 21 * 60
        if self.shape == "reordered":
            await asyncio.sleep(self._random.uniform(0.02, 0.5))
            # Sent later, delivered first.
            events.insert(0, user.text(self._text()))
        for event in events:
            moment = event["timestamp"] / 1000
            sent = Sent(event["webhookEventId"], "line", user.id, moment)
            self.sent.append(sent)
            self._spawn(self._deliver(sent, user, event))
            await asyncio.sleep(self._random.uniform(0.05, 0.5) if len(events) > 1 else 0)

    async def _slack(self, member: SlackUser) -> None:
        envelope = member.text(self._text())
        moment = float(envelope["event"]["ts"])
        sent = Sent(envelope["event_id"], "slack", member.id, moment)
        self.sent.append(sent)
        await self._deliver(sent, member, envelope)

    async def _deliver(self, sent: Sent, person: Any, event: dict[str, Any]) -> None:
        copies = self._random.randint(2, 5) if self.shape == "duplicated" else 1
        while not sent.accepted_at:
            answers = await asyncio.gather(*(self._try(sent, person, event) for _ in range(copies)))
            if any(answers):
                return
            if "replyToken" in event:
                event["deliveryContext"]["isRedelivery"] = True
                self.stack.line.token(event["webhookEventId"], sent.sent_at)
            await asyncio.sleep(_AGAIN_SECONDS)

    async def _try(self, sent: Sent, person: Any, event: dict[str, Any]) -> bool:
        person.webhook = self._base() + ("/channels/line/webhook" if sent.channel == "line" else "")
        began = time.monotonic()
        sent.tries += 1
        try:
            answer = await person.deliver(event, client=self._client)
        except httpx.HTTPError:
            return False
        if answer.status_code not in (200, 202):
            return False
        self.acks.append(time.monotonic() - began)
        sent.accepted_at = sent.accepted_at or time.time()
        return True
