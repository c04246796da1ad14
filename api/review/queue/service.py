"""Hand out messages to judge, take verdicts."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.inbox.models import InboxMessage
from api.chat.inbox.repository import InboxRepository
from api.kit.clock import Clock
from api.kit.database import Database
from api.kit.errors import InvalidRequest, NotFound
from api.privacy.masking import mask
from api.review.audit.service import AuditService
from api.review.queue.agreement import kappa
from api.review.queue.errors import HeldByAnother, TopicMissing
from api.review.queue.models import VERDICTS, WRONG, Skipped, Tag, Verdict
from api.review.queue.repository import QueueRepository
from api.review.staff.service import Visitor

# Longer than anybody looks at one message; then another may have it.
_HELD = timedelta(minutes=10)
_NOTE_LIMIT, _TAG_LIMIT = 1000, 32


@dataclass(frozen=True)
class Judgement:
    """What somebody says of a message."""

    verdict: str
    topic: str = ""
    note: str = ""
    tags: str = ""


@dataclass(frozen=True)
class Agreement:
    """How far two reviewers agree on a topic (None: on all)."""

    topic: str | None
    pairs: int
    agreed: int
    kappa: float | None


class QueueService:
    """The rules of reviewing."""

    def __init__(
        self, database: Database, audit: AuditService, clock: Clock, topics: frozenset[str]
    ) -> None:
        self._database, self._audit, self._clock = database, audit, clock
        self._topics = topics

    async def next(self, visitor: Visitor) -> InboxMessage | None:
        """Return the next message to judge, now in this visitor's hands and nobody else's."""
        now = self._clock()
        async with self._database.transaction() as session:
            queue = QueueRepository(session)
            message = await queue.next(visitor.id, now)
            if message:
                await queue.claim(message, visitor.id, now + _HELD)
        return message

    async def take(self, message_id: str, visitor: Visitor) -> InboxMessage:
        """Give this one message to the visitor; raises HeldByAnother."""
        now = self._clock()
        async with self._database.transaction() as session:
            queue = QueueRepository(session)
            message = await _free(session, message_id, visitor, now)
            await queue.claim(message, visitor.id, now + _HELD)
        return message

    async def judge(self, message_id: str, visitor: Visitor, said: Judgement) -> None:
        """Write a verdict down; raises TopicMissing and HeldByAnother."""
        self._check(said)
        now = self._clock()
        async with self._database.transaction() as session:
            queue = QueueRepository(session)
            message = await _free(session, message_id, visitor, now)
            await queue.put(
                Verdict(
                    message_id=message_id,
                    staff_id=visitor.id,
                    conversation_id=message.conversation_id,
                    verdict=said.verdict,
                    topic=said.topic if said.verdict == WRONG else None,
                    note=mask(said.note[:_NOTE_LIMIT]).text or None,
                    at=now,
                )
            )
            for tag in _tags(said.tags):
                await queue.put(Tag(conversation_id=message.conversation_id, tag=tag))
            await queue.release(message)
            await queue.count_review(message.conversation_id, visitor.id)
            await self._audit.add(session, visitor.id, "judged", message.conversation_id)

    def _check(self, said: Judgement) -> None:
        if said.verdict not in VERDICTS:
            raise InvalidRequest("verdict")
        if said.verdict == WRONG and said.topic not in self._topics:
            raise TopicMissing()

    async def skip(self, message_id: str, visitor: Visitor) -> None:
        """Leave a message to others."""
        async with self._database.transaction() as session:
            queue = QueueRepository(session)
            message = await InboxRepository(session).find(message_id)
            if message is None:
                raise NotFound("message")
            row = Skipped(
                message_id=message_id,
                staff_id=visitor.id,
                conversation_id=message.conversation_id,
            )
            await queue.put(row)
            await queue.release(message)

    async def done_today(self, visitor: Visitor) -> int:
        """Return how many the visitor has judged in the last twelve hours."""
        async with self._database.reading() as session:
            since = self._clock() - timedelta(hours=12)
            return await QueueRepository(session).judged_by(visitor.id, since)

    async def agreement(self) -> list[Agreement]:
        """Return how far two reviewers agree: on all first, then topic by topic."""
        async with self._database.reading() as session:
            rows = await QueueRepository(session).pairs()
        topics: dict[str | None, list[tuple[str, str]]] = defaultdict(list)
        for intent, first, first_topic, second, second_topic in rows:
            pair = (f"{first}:{first_topic}", f"{second}:{second_topic}")
            topics[None].append(pair)
            topics[intent].append(pair)
        return [
            Agreement(topic, len(pairs), sum(a == b for a, b in pairs), kappa(pairs))
            for topic, pairs in topics.items()
        ]


async def _free(
    session: AsyncSession, message_id: str, visitor: Visitor, now: datetime
) -> InboxMessage:
    """Return a message that nobody else has in hands; raises NotFound and HeldByAnother."""
    message = await InboxRepository(session).find(message_id)
    if message is None:
        raise NotFound("message")
    if await QueueRepository(session).holder(message, now) not in (None, visitor.id):
        raise HeldByAnother()
    return message


def _tags(said: str) -> list[str]:
    """Cut what stands between blanks and commas; nothing personal becomes a tag."""
    words = mask(said).text.replace("、", " ").replace(",", " ").split()
    return [word[:_TAG_LIMIT] for word in words]
