"""Queries of exports."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.inbox.models import DONE, InboxMessage
from api.chat.inbox.repository import is_about
from api.review.queue.models import Tag, Verdict


class ExportRepository:
    """Reads through one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def labelled(self, conversation_ids: Sequence[str]) -> Sequence[Mapping[str, Any]]:
        """Return messages with what was understood and what was judged; notes stay here."""
        query = (
            select(
                InboxMessage.id.label("message"),
                InboxMessage.conversation_id.label("conversation"),
                InboxMessage.receipt, InboxMessage.received_at, InboxMessage.channel,
                InboxMessage.text, InboxMessage.intent, InboxMessage.confidence,
                InboxMessage.outcome, InboxMessage.model_id.label("model"),
                Verdict.verdict, Verdict.topic.label("right_topic"),
            )
            .outerjoin(Verdict, is_about(Verdict))
            .where(
                InboxMessage.conversation_id.in_(conversation_ids),
                InboxMessage.status == DONE,
                InboxMessage.text.is_not(None),
            )
            .order_by(
                InboxMessage.received_at, InboxMessage.conversation_id, InboxMessage.sequence
            )
        )  # fmt: skip
        return [dict(row) for row in (await self._session.execute(query)).mappings()]

    async def tags(self, conversation_ids: Sequence[str]) -> dict[str, list[str]]:
        """Return conversation -> its tags."""
        query = select(Tag.conversation_id, Tag.tag).where(
            Tag.conversation_id.in_(conversation_ids)
        )
        found: dict[str, list[str]] = defaultdict(list)
        for conversation, tag in (await self._session.execute(query.order_by(Tag.tag))).all():
            found[conversation].append(tag)
        return found
