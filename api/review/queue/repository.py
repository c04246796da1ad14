"""Queries of reviewing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.inbox.models import InboxMessage
from api.chat.inbox.repository import is_about
from api.review.digests.models import Digest, DigestedMessage
from api.review.queue.models import Claim, Skipped, Tag, Verdict

# About one in five messages is judged twice, always the same ones: those whose random id begins
# with one of six letters out of the 32 there are, behind its "m-".
SECOND = "012345"


class QueueRepository:
    """Reads and writes through one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def next(self, staff_id: str, now: datetime) -> InboxMessage | None:
        """Return what `staff_id` should judge: what they hold already, else the best free one."""
        mine = select(InboxMessage).join(Claim, is_about(Claim))
        mine = mine.where(Claim.staff_id == staff_id, Claim.until > now)
        if mine_already := (await self._session.scalars(mine.limit(1))).first():
            return mine_already
        by_me = exists().where(is_about(Verdict), Verdict.staff_id == staff_id)
        skipped = exists().where(is_about(Skipped), Skipped.staff_id == staff_id)
        held = exists().where(is_about(Claim), Claim.until > now)
        count = (
            select(func.count()).where(is_about(Verdict)).correlate(InboxMessage).scalar_subquery()
        )
        second = func.substr(InboxMessage.id, 3, 1).in_([*SECOND]) & (count == 1)
        query = (
            select(InboxMessage)
            .join(DigestedMessage, is_about(DigestedMessage))
            .where(DigestedMessage.typed.is_(True), ~by_me, ~skipped, ~held)
            .where(or_(count == 0, second))
            .order_by(DigestedMessage.teaches.desc(), InboxMessage.received_at.desc())
        )
        return (await self._session.scalars(query.limit(1))).first()

    async def claim(self, message: InboxMessage, staff_id: str, until: datetime) -> None:
        """Give a message to somebody, and back what they held before."""
        await self._session.execute(delete(Claim).where(Claim.staff_id == staff_id))
        await self._session.merge(
            Claim(
                message_id=message.id,
                conversation_id=message.conversation_id,
                staff_id=staff_id,
                until=until,
            )
        )

    async def release(self, message: InboxMessage) -> None:
        """Take a message out of everybody's hands."""
        query = delete(Claim).where(
            Claim.conversation_id == message.conversation_id, Claim.message_id == message.id
        )
        await self._session.execute(query)

    async def holder(self, message: InboxMessage, now: datetime) -> str | None:
        """Return who has a message before them."""
        found = await self._session.get(Claim, (message.conversation_id, message.id))
        return found.staff_id if found and found.until > now else None

    async def put(self, row: Verdict | Skipped | Tag) -> None:
        """Write `row`, in place of an earlier one."""
        await self._session.merge(row)

    async def count_review(self, conversation_id: str, staff_id: str) -> None:
        """Note in the digest that somebody has judged."""
        if digest := await self._session.get(Digest, conversation_id):
            digest.reviewed, digest.reviewer_id = digest.reviewed + 1, staff_id

    async def tags(self, conversation_id: str) -> Sequence[str]:
        """Return a conversation's tags."""
        query = select(Tag.tag).where(Tag.conversation_id == conversation_id).order_by(Tag.tag)
        return (await self._session.scalars(query)).all()

    async def verdicts(self, conversation_id: str) -> Sequence[Verdict]:
        """Return what was judged in a conversation."""
        query = select(Verdict).where(Verdict.conversation_id == conversation_id)
        return (await self._session.scalars(query.order_by(Verdict.at))).all()

    async def judged_by(self, staff_id: str, since: datetime) -> int:
        """Return how many somebody has judged."""
        query = select(func.count()).where(Verdict.staff_id == staff_id, Verdict.at >= since)
        return await self._session.scalar(query) or 0

    async def pairs(self) -> Sequence[Any]:
        """Return (intent, first verdict, first topic, second verdict, second topic)."""
        first, second = Verdict.__table__.alias(), Verdict.__table__.alias()
        query = (
            select(
                InboxMessage.intent, first.c.verdict, first.c.topic,
                second.c.verdict, second.c.topic,
            )
            .join(first, is_about(first.c))
            .join(second, is_about(second.c))
            .where(first.c.staff_id < second.c.staff_id)
        )  # fmt: skip
        return (await self._session.execute(query)).all()

    async def corrected(self) -> Sequence[Any]:
        """Return (text, right topic, conversation, message) of all messages that were judged."""
        query = select(InboxMessage, Verdict.topic).join(Verdict, is_about(Verdict))
        rows = (await self._session.execute(query.where(Verdict.verdict != "unclear"))).all()
        return [
            (message.text, topic or message.intent, message.conversation_id, message.id)
            for message, topic in rows
            if topic or message.intent
        ]
