"""Queries of erasure: the one place that deletes what people said."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.conversations.models import Choice, Conversation, Person, Reply
from api.chat.feedback.models import Feedback
from api.chat.handover.models import Handover
from api.chat.inbox.models import DONE, IGNORED, WITHDRAWN, InboxMessage
from api.chat.outbox.models import OutboxReply
from api.chat.turns.models import TurnDetail
from api.privacy.erasure.models import Erasure
from api.review.digests.repository import DigestRepository
from api.review.queue.models import Claim, Skipped, Tag, Verdict
from api.review.search.repository import search_of
from api.verification.models import Verification

# What refers to others goes first.
_TABLES = (
    Handover,
    TurnDetail,
    Verdict,
    Claim,
    Skipped,
    Tag,
    Feedback,
    Choice,
    OutboxReply,
    Verification,
    Reply,
    InboxMessage,
)


class ErasureRepository:
    """Reads and writes through one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def erase(self, conversation_ids: Sequence[str]) -> None:
        """Delete every row of some conversations; their words are in no file after `tidy`."""
        await search_of(self._session).erase(conversation_ids)
        await DigestRepository(self._session).erase(conversation_ids)
        for table in _TABLES:
            await self._session.execute(
                delete(table).where(table.conversation_id.in_(conversation_ids))
            )
        mine = Conversation.id.in_(conversation_ids)
        await self._forget_people(mine)
        await self._session.execute(delete(Conversation).where(mine))

    async def _forget_people(self, mine: ColumnElement[bool]) -> None:
        """Delete what leads to the conversations, by its own key."""
        query = select(Conversation.person_key).where(mine, Conversation.person_key.is_not(None))
        if keys := (await self._session.scalars(query)).all():
            await self._session.execute(delete(Person).where(Person.person_key.in_(keys)))

    async def tidy(self) -> None:
        """See to it that erased words do not stay in the index of the search."""
        await search_of(self._session).tidy()

    async def conversations(self) -> Sequence[Conversation]:
        """Return all conversations."""
        return (await self._session.scalars(select(Conversation))).all()

    async def unsay(self, message_id: str, conversation_id: str, now: datetime) -> None:
        """Delete a message's words; where it has no outcome yet, it is ignored."""
        mine = (InboxMessage.conversation_id == conversation_id) & (InboxMessage.id == message_id)
        await search_of(self._session).unsay(conversation_id, message_id)
        wordless: dict[str, Any] = {"text": None, "payload": None, "masked": []}
        await self._session.execute(update(InboxMessage).where(mine).values(**wordless))
        await self._session.execute(
            update(InboxMessage)
            .where(mine, InboxMessage.status != DONE)
            .values(
                status=DONE, lease_until=None, outcome=IGNORED, reason=WITHDRAWN, answered_at=now
            )
        )
        await DigestRepository(self._session).unsay(message_id, conversation_id)

    async def add(self, *erasures: Erasure) -> None:
        """Write wishes down."""
        self._session.add_all(erasures)

    async def pending(self, most: int) -> Sequence[Erasure]:
        """Return the oldest wishes that the engine has not heard yet."""
        query = select(Erasure).where(Erasure.done_at.is_(None)).order_by(Erasure.requested_at)
        return (await self._session.scalars(query.limit(most))).all()

    async def done(self, receipts: Sequence[str], now: datetime) -> None:
        """Note that the engine has forgotten; drop the conversations' ids."""
        await self._session.execute(
            update(Erasure)
            .where(Erasure.receipt.in_(receipts))
            .values(done_at=now, conversation_id=None)
        )
