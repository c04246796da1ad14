"""Queries that keep the digests in step with what was said."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    Select,
    and_,
    bindparam,
    case,
    delete,
    func,
    select,
    true,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.conversations.models import Conversation, Reply
from api.chat.feedback.models import Feedback
from api.chat.inbox.models import DONE, InboxMessage
from api.chat.inbox.repository import is_about
from api.chat.turns.models import TurnDetail
from api.kit.rows import put
from api.review.digests.models import Digest, DigestedMessage, DigestTopic

FALLBACK, DECLINED, HANDED_OVER = "fallback", "out_of_scope", "handed_over"
# What Rasa calls a message it is unsure of; people never see it.
UNSURE = "nlu_fallback"
NOT_UNDERSTOOD = (UNSURE, FALLBACK, DECLINED)

# Put together once: they are asked for every message.
_OF: BindParameter[str] = bindparam("of")
_SAID = (
    InboxMessage.conversation_id == _OF,
    InboxMessage.status == DONE,
    InboxMessage.text.is_not(None),
)
_DIGEST = select(Digest).where(Digest.conversation_id == _OF)
_RANKING = select(TurnDetail.ranking).where(
    TurnDetail.conversation_id == _OF, TurnDetail.message_id == bindparam("message")
)
_FIRST = select(InboxMessage.text).where(*_SAID).order_by(InboxMessage.sequence).limit(1)
_LAST = (
    select(InboxMessage.received_at, InboxMessage.outcome, InboxMessage.intent)
    .where(*_SAID)
    .order_by(InboxMessage.sequence.desc())
    .limit(1)
    .subquery()
)
_COUNTS = (
    select(
        func.count().label("messages"),
        func.min(InboxMessage.confidence).label("confidence"),
        func.count().filter(InboxMessage.intent.in_(NOT_UNDERSTOOD)).label("missed"),
        func.count().filter(InboxMessage.outcome == HANDED_OVER).label("handed_over"),
    )
    .where(*_SAID)
    .subquery()
)
_RATINGS = (
    select(
        func.coalesce(func.sum(case((Feedback.solved, 1), else_=0)), 0).label("good"),
        func.coalesce(func.sum(case((Feedback.solved, 0), else_=1)), 0).label("bad"),
    )
    .where(Feedback.conversation_id == _OF)
    .subquery()
)
# In one go, and counted by the database: a talk on LINE goes on for months. No row where nothing
# is left of the conversation.
_STANDING = (
    select(Conversation.channel, Conversation.created_at, _LAST, _COUNTS, _RATINGS)
    .join_from(Conversation, _LAST, true())
    .join(_COUNTS, true())
    .join(_RATINGS, true())
    .where(Conversation.id == _OF)
)
_UNKNOWN = (
    select(InboxMessage.id, InboxMessage.text)
    .outerjoin(DigestedMessage, is_about(DigestedMessage))
    .where(
        InboxMessage.conversation_id == _OF,
        InboxMessage.id.in_(bindparam("messages", expanding=True)),
        DigestedMessage.message_id.is_(None),
    )
)
_NEW_TOPICS = (
    select(InboxMessage.intent)
    .where(
        *_SAID,
        InboxMessage.intent != "",
        InboxMessage.intent.not_in(
            select(DigestTopic.topic).where(DigestTopic.conversation_id == _OF)
        ),
    )
    .distinct()
)


class DigestRepository:
    """Reads and writes through one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def new_messages(self, since: datetime | None, limit: int) -> Sequence[InboxMessage]:
        """Return answered messages the digests do not know; `since` bounds the looking."""
        return (await self._session.scalars(_news(since, limit))).all()

    async def still_new(self, conversation_id: str, messages: Iterable[str]) -> dict[str, str]:
        """Return the words, by id, of those of a conversation's messages that are there and not
        known yet; empty where they were taken back.
        """
        wanted = {"of": conversation_id, "messages": [*messages]}
        rows = await self._session.execute(_UNKNOWN, wanted)
        return {row.id: row.text or "" for row in rows}

    async def mark(
        self, conversation_id: str, message_id: str, *, typed: bool, teaches: float
    ) -> None:
        """Note that a message is known, and how much it would teach."""
        row = DigestedMessage(
            message_id=message_id, conversation_id=conversation_id, typed=typed, teaches=teaches
        )
        await put(self._session, row)

    async def ranking(self, message: InboxMessage) -> list[Any]:
        """Return (intent, confidence) as the engine saw a message."""
        wanted = {"of": message.conversation_id, "message": message.id}
        return await self._session.scalar(_RANKING, wanted) or []

    async def teaches_more(self, conversation_id: str, by: float) -> None:
        """Move the messages whose answer was rated bad up in the queue, once."""
        same = (Feedback.conversation_id == Reply.conversation_id, Feedback.reply_id == Reply.id)
        bad = select(Reply.in_reply_to).join(Feedback, and_(*same))
        bad = bad.where(Reply.conversation_id == conversation_id, Feedback.solved.is_(False))
        query = update(DigestedMessage).where(
            DigestedMessage.conversation_id == conversation_id,
            DigestedMessage.message_id.in_(bad),
            DigestedMessage.teaches < by,
        )
        await self._session.execute(query.values(teaches=DigestedMessage.teaches + by))

    async def rated_since(self, since: datetime | None) -> set[str]:
        """Return the conversations in which something was rated."""
        return {*(await self._session.scalars(_rated(since))).all()}

    async def refresh(self, conversation_id: str, kept: Digest | None) -> None:
        """Write the digest anew; what reviewers noted in `kept` stays."""
        found = (await self._session.execute(_STANDING, {"of": conversation_id})).one_or_none()
        if found is None:
            return
        apologised = found.outcome == "apologised"
        written = {
            "channel": found.channel,
            "started_at": found.created_at,
            "last_at": found.received_at,
            "messages": found.messages,
            "confidence": found.confidence,
            "fallbacks": found.missed,
            "good": found.good,
            "bad": found.bad,
            "unresolved": found.bad > 0 or apologised or found.intent in NOT_UNDERSTOOD,
            "handed_over": found.handed_over > 0,
        }
        await self._write(conversation_id, kept, written)
        await self._add_topics(conversation_id)

    async def _write(
        self, conversation_id: str, kept: Digest | None, written: dict[str, Any]
    ) -> None:
        """Change the digest that is there, or add one; what was said first stays the first."""
        if kept is not None and kept in self._session:
            for name, value in written.items():
                setattr(kept, name, value)
            return
        first = await self._session.scalar(_FIRST, {"of": conversation_id})
        noted = {
            "first_text": (first or "")[:120],
            "reviewed": kept.reviewed if kept else 0,
            "reviewer_id": kept.reviewer_id if kept else None,
        }
        await put(self._session, Digest(conversation_id=conversation_id, **noted, **written))

    async def _add_topics(self, conversation_id: str) -> None:
        new = await self._session.scalars(_NEW_TOPICS, {"of": conversation_id})
        rows = [DigestTopic(conversation_id=conversation_id, topic=topic) for topic in new]
        await put(self._session, *rows)

    async def get(self, conversation_id: str) -> Digest | None:
        """Return a digest."""
        return await self._session.scalar(_DIGEST, {"of": conversation_id})

    async def latest(self) -> datetime | None:
        """Return when the newest known message came in."""
        return await self._session.scalar(select(func.max(Digest.last_at)))

    async def unsay(self, message_id: str, conversation_id: str) -> None:
        """Write the digest anew without the words of a message that has lost them."""
        kept = await self.get(conversation_id)
        known = update(DigestedMessage).where(
            DigestedMessage.conversation_id == conversation_id,
            DigestedMessage.message_id == message_id,
        )
        await self._session.execute(known.values(typed=False))
        await self._session.execute(delete(Digest).where(Digest.conversation_id == conversation_id))
        await self.refresh(conversation_id, kept)

    async def erase(self, conversation_ids: Sequence[str]) -> None:
        """Delete what the digests know of conversations."""
        for table in (DigestedMessage, DigestTopic, Digest):
            await self._session.execute(
                delete(table).where(table.conversation_id.in_(conversation_ids))
            )


def _news(since: datetime | None, limit: int) -> Select[InboxMessage]:
    """Return the statement behind `new_messages`.

    By the moment alone, which only what is done has: asked for its status too, SQLite reads
    everything that was ever answered, each second.
    """
    bound = InboxMessage.answered_at >= since if since else InboxMessage.status == DONE
    query = (
        select(InboxMessage)
        .outerjoin(DigestedMessage, is_about(DigestedMessage))
        .where(bound, DigestedMessage.message_id.is_(None))
    )
    return query.order_by(InboxMessage.answered_at).limit(limit)


def _rated(since: datetime | None) -> Select[str]:
    # Made distinct here: for DISTINCT, SQLite would rather read all in the order of conversations.
    query = select(Feedback.conversation_id)
    return query.where(Feedback.given_at >= since) if since else query
