"""Draft, approve, take back, check, hand out."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from api.content.catalogue import Answer, Catalogue
from api.kit.clock import Clock
from api.kit.database import Database
from api.kit.errors import NotFound
from api.kit.ids import new_id
from api.review.answers.changed import changed_entries
from api.review.answers.errors import OwnDraft
from api.review.answers.models import (
    APPROVED,
    DRAFT,
    REJECTED,
    WITHDRAWN,
    AnswerVersion,
    LiveCheck,
)
from api.review.answers.overlay import Overlay
from api.review.answers.repository import AnswerRepository
from api.review.answers.wording import Draft, rewritten
from api.review.audit.service import AuditService
from api.review.staff.service import Visitor

_SOON = timedelta(days=30)


class AnswerService:
    """The rules of words."""

    def __init__(
        self,
        database: Database,
        catalogue: Catalogue,
        overlay: Overlay,
        audit: AuditService,
        clock: Clock,
    ) -> None:
        self._database, self._catalogue, self._overlay = database, catalogue, overlay
        self._audit, self._clock = audit, clock

    def answer(self, answer_id: str) -> Answer:
        """Return an answer as people read it now; raises NotFound."""
        try:
            return self._catalogue[answer_id]
        except KeyError:
            raise NotFound("answer") from None

    def original(self, answer_id: str) -> Answer:
        """Return an answer as it stands in the files."""
        return self._overlay.originals[answer_id]

    def found(self, wanted: str) -> list[Answer]:
        """Return the answers whose title or words hold `wanted`, all for an empty one."""
        every = self._catalogue.answers.values()
        return [each for each in every if wanted in each.entry.title + each.entry.text]

    async def versions(self, answer_id: str) -> Sequence[AnswerVersion]:
        """Return an answer's versions, the newest first."""
        async with self._database.reading() as session:
            return await AnswerRepository(session).of_answer(answer_id)

    async def to_review(self) -> dict[str, Any]:
        """Return what somebody should look at: drafts, answers and versions past their day."""
        today = self._overlay.today()
        async with self._database.reading() as session:
            answers = AnswerRepository(session)
            drafts, expired = await answers.drafts(), await answers.expired(today)
        due = [
            each
            for each in self._catalogue.answers.values()
            if each.entry.source and each.entry.review_by <= today + _SOON
        ]
        due.sort(key=lambda each: each.entry.review_by)
        return {"drafts": drafts, "expired": expired, "due": due}

    async def draft(self, answer_id: str, draft: Draft, visitor: Visitor) -> None:
        """Write new words down; nobody reads them yet. Raises AnswerInvalid."""
        begin, end = draft.days()
        content = draft.content()
        self.answer(answer_id)
        rewritten(self.original(answer_id), content, self._catalogue)
        version = AnswerVersion(
            id=new_id("w"), answer_id=answer_id, state=DRAFT, content=content,
            valid_from=begin, valid_until=end, written_by=visitor.id, written_at=self._clock(),
        )  # fmt: skip
        async with self._database.transaction() as session:
            await AnswerRepository(session).add(version)
            await self._audit.add(session, visitor.id, "answer_drafted", answer_id)

    async def decide(self, version_id: str, state: str, visitor: Visitor) -> str:
        """Approve, reject or withdraw; return the answer's id. Raises OwnDraft."""
        allowed = {APPROVED: DRAFT, REJECTED: DRAFT, WITHDRAWN: APPROVED}
        async with self._database.transaction() as session:
            version = await AnswerRepository(session).get(version_id)
            if version is None or allowed.get(state) != version.state:
                raise NotFound("version")
            if state == APPROVED and version.written_by == visitor.id:
                raise OwnDraft()
            version.state = state
            version.decided_by, version.decided_at = visitor.id, self._clock()
            answer_id = version.answer_id
            await self._audit.add(session, visitor.id, f"answer_{state}", answer_id)
        await self._overlay.step()
        return answer_id

    async def checked_live(self, source: str, visitor: Visitor) -> None:
        """Note that the visitor has looked at the official page today."""
        if source not in self._catalogue.sources:
            raise NotFound("source")
        check = LiveCheck(source=source, checked_on=self._overlay.today(), staff_id=visitor.id)
        async with self._database.transaction() as session:
            await AnswerRepository(session).checked(check)
            await self._audit.add(session, visitor.id, "source_checked", source)
        await self._overlay.step()

    async def export(self, visitor: Visitor) -> str:
        """Return what the files under data/ should have; nothing where they have it all."""
        content = changed_entries(self._catalogue, self._overlay.originals, self._overlay.sources)
        if content:
            await self._audit.note(visitor.id, "answers_exported")
        return content
