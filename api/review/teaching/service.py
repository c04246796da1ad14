"""Candidates: write anew, accept, reject, hand out."""

import asyncio
from collections.abc import Sequence

from api.chat.inbox.models import InboxMessage
from api.chat.inbox.repository import InboxRepository
from api.kit.clock import Clock
from api.kit.database import Database
from api.kit.errors import InvalidRequest, NotFound
from api.kit.ids import new_id
from api.review.audit.service import AuditService
from api.review.staff.service import Visitor
from api.review.teaching.errors import NotRewritten
from api.review.teaching.examples import as_training_data, taught
from api.review.teaching.fitness import check, still_new
from api.review.teaching.likeness import near_duplicate, too_close
from api.review.teaching.models import ACCEPTED, OPEN, REJECTED, Candidate
from api.review.teaching.repository import TeachingRepository

_LONGEST = 200


class TeachingService:
    """The rules of candidates."""

    def __init__(
        self, database: Database, audit: AuditService, clock: Clock, topics: frozenset[str]
    ) -> None:
        self._database, self._audit, self._clock = database, audit, clock
        self._topics = topics

    def topics(self) -> frozenset[str]:
        """Return what can be taught: an answer that no sentence leads to is no intent."""
        return self._topics & taught().keys()

    async def message(self, message_id: str) -> InboxMessage:
        """Return the message that was misunderstood; raises NotFound."""
        async with self._database.reading() as session:
            message = await InboxRepository(session).find(message_id)
        if message is None:
            raise NotFound("message")
        return message

    async def write(self, message_id: str, topic: str, text: str, visitor: Visitor) -> None:
        """Add a sentence that means the same in other words.

        Raises NotRewritten and what `check` raises.
        """
        text = " ".join(text.split())
        if topic not in self.topics() or not text or len(text) > _LONGEST:
            raise InvalidRequest("topic or text")
        message = await self.message(message_id)
        if too_close(text, message.text or ""):
            raise NotRewritten()
        await asyncio.to_thread(check, text)
        async with self._database.transaction() as session:
            teaching = TeachingRepository(session)
            waiting = await teaching.candidates(OPEN, ACCEPTED)
            if await self._folds(waiting, text):
                return
            await teaching.add(self._candidate(topic, text, visitor))
            await self._audit.add(session, visitor.id, "candidate_written")

    async def _folds(self, waiting: Sequence[Candidate], text: str) -> bool:
        """Count a near-duplicate with the candidate it repeats."""
        twin = near_duplicate(text, [each.text for each in waiting])
        for each in waiting:
            if each.text == twin:
                each.folded += 1
        return twin is not None

    def _candidate(self, topic: str, text: str, visitor: Visitor) -> Candidate:
        return Candidate(
            id=new_id("n"),
            topic=topic,
            text=text,
            state=OPEN,
            folded=0,
            written_by=visitor.id,
            written_at=self._clock(),
        )

    async def candidates(self) -> Sequence[Candidate]:
        """Return what waits or is accepted."""
        async with self._database.reading() as session:
            return await TeachingRepository(session).candidates(OPEN, ACCEPTED)

    async def decide(self, candidate_id: str, state: str, visitor: Visitor) -> None:
        """Accept or reject a candidate, or let it wait again."""
        if state not in (OPEN, ACCEPTED, REJECTED):
            raise InvalidRequest("state")
        async with self._database.transaction() as session:
            candidate = await TeachingRepository(session).candidate(candidate_id)
            if candidate is None:
                raise NotFound("candidate")
            candidate.state = state
            await self._audit.add(session, visitor.id, f"candidate_{state}", candidate_id)

    async def download(self, visitor: Visitor) -> str:
        """Return the accepted sentences as a file for data/nlu/."""
        async with self._database.transaction() as session:
            accepted = await TeachingRepository(session).accepted()
            await self._audit.add(session, visitor.id, "candidates_downloaded")
        return as_training_data(await asyncio.to_thread(still_new, accepted))
