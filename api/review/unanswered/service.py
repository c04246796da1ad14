"""The most frequent questions without an answer."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from api.chat.inbox.models import InboxMessage
from api.chat.turns.models import TurnDetail
from api.kit.clock import Clock
from api.kit.database import Database
from api.review.audit.service import AuditService
from api.review.unanswered.grouping import grouped
from api.review.unanswered.repository import UnansweredRepository

_WEEK, _MOST_MESSAGES, _MOST_GROUPS, _MOST_SHOWN = timedelta(days=7), 2000, 20, 5


@dataclass(frozen=True)
class Unanswered:
    """A group, named by its most typical sentence; `topic` is what it comes nearest to."""

    typical: InboxMessage
    others: Sequence[InboxMessage]
    count: int
    topic: str | None


class UnansweredService:
    """The rules of the list."""

    def __init__(
        self, database: Database, audit: AuditService, clock: Clock, topics: frozenset[str]
    ) -> None:
        self._database, self._audit, self._clock = database, audit, clock
        self._topics = topics

    async def top(self, staff_id: str) -> list[Unanswered]:
        """Return the twenty largest groups of the last seven days."""
        await self._audit.note(staff_id, "read_unanswered")
        async with self._database.reading() as session:
            since = self._clock() - _WEEK
            missed = await UnansweredRepository(session).missed(since, _MOST_MESSAGES)
        # Two thousand sentences take a while to compare: those who chat do not wait for it.
        groups = await asyncio.to_thread(grouped, [message.text or "" for message, _ in missed])
        return [
            self._shown([missed[place] for place in group.places])
            for group in groups[:_MOST_GROUPS]
        ]

    def _shown(self, members: list[tuple[InboxMessage, TurnDetail | None]]) -> Unanswered:
        messages = [message for message, _ in members]
        near = Counter(
            name
            for _, detail in members
            for name, _ in (detail.ranking[:2] if detail else [])
            if name in self._topics and name != "out_of_scope"
        )
        topic = near.most_common(1)[0][0] if near else None
        return Unanswered(messages[0], messages[1 : 1 + _MOST_SHOWN], len(messages), topic)
