"""Queries of the lists."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.feedback.models import Feedback
from api.chat.inbox.models import InboxMessage
from api.privacy.erasure.models import Erasure
from api.review.conversations.filters import LOW_CONFIDENCE, Filters
from api.review.digests.models import Digest, DigestTopic
from api.review.queue.models import Tag
from api.review.search.repository import search_of

PAGE = 50


class ReadingRepository:
    """Reads through one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def page(self, filters: Filters, limit: int = PAGE + 1) -> Sequence[Digest]:
        """Return the newest digests that fit, from behind the cursor on."""
        query = select(Digest).where(*self._conditions(filters))
        if cursor := filters.cursor():
            moment, conversation = cursor
            query = query.where(
                or_(
                    Digest.last_at < moment,
                    and_(Digest.last_at == moment, Digest.conversation_id < conversation),
                )
            )
        query = query.order_by(Digest.last_at.desc(), Digest.conversation_id.desc())
        return (await self._session.scalars(query.limit(limit))).all()

    def _conditions(self, filters: Filters) -> Iterator[ColumnElement[bool]]:
        yield from self._plain(filters)
        if begin := filters.begin():
            yield Digest.last_at >= begin
        if end := filters.end():
            yield Digest.last_at < end
        if filters.topic:
            yield exists().where(
                DigestTopic.conversation_id == Digest.conversation_id,
                DigestTopic.topic == filters.topic,
            )
        if filters.tag:
            yield exists().where(
                Tag.conversation_id == Digest.conversation_id, Tag.tag == filters.tag
            )
        if filters.q.strip():
            found: Any = search_of(self._session).conversations(filters.q)
            yield Digest.conversation_id.in_(found)

    def _plain(self, filters: Filters) -> Iterator[ColumnElement[bool]]:
        wanted = (
            (filters.channel, Digest.channel == filters.channel),
            (filters.sure == "low", Digest.confidence < LOW_CONFIDENCE),
            (filters.fallbacks(), Digest.fallbacks >= filters.fallbacks()),
            (filters.unresolved, Digest.unresolved.is_(True)),
            (filters.feedback == "good", Digest.good > 0),
            (filters.feedback == "bad", Digest.bad > 0),
            (filters.reviewer, Digest.reviewer_id == filters.reviewer),
            (filters.reviewed == "yes", Digest.reviewed > 0),
            (filters.reviewed == "no", Digest.reviewed == 0),
            (filters.handed, Digest.handed_over.is_(True)),
        )
        return (condition for given, condition in wanted if given)

    async def found_messages(self, query: str, conversation_ids: Sequence[str]) -> Sequence[Any]:
        """Return (conversation, text) of the messages in some conversations that have the words."""
        found: Any = search_of(self._session).messages(query)
        wanted = select(InboxMessage.conversation_id, InboxMessage.text).where(
            InboxMessage.conversation_id.in_(conversation_ids), InboxMessage.id.in_(found)
        )
        return (await self._session.execute(wanted)).all()

    async def by_receipt(self, receipt: str) -> Sequence[InboxMessage]:
        """Return the message with a 受付番号: one, as good as always."""
        query = select(InboxMessage).where(InboxMessage.receipt == receipt)
        return (await self._session.scalars(query.order_by(InboxMessage.received_at))).all()

    async def erasure(self, receipt: str) -> Erasure | None:
        """Return the erasure with a 受付番号."""
        return await self._session.get(Erasure, receipt)

    async def ratings(self, conversation_id: str) -> dict[str, Feedback]:
        """Return what a person said of each reply."""
        query = select(Feedback).where(Feedback.conversation_id == conversation_id)
        return {each.reply_id: each for each in (await self._session.scalars(query)).all()}
