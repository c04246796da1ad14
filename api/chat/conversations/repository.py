"""Queries on conversations, replies and choices."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.conversations.models import Choice, Conversation, Person, Reply


class ConversationRepository:
    """Reads and writes through one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, *rows: Conversation | Person | Reply | Choice) -> None:
        """Write `rows` of one kind; flushed, so that what refers to them may follow."""
        self._session.add_all(rows)
        await self._session.flush()

    async def get(self, conversation_id: str) -> Conversation | None:
        """Return a conversation."""
        return await self._session.get(Conversation, conversation_id)

    async def of_person(self, person_key: str) -> Conversation | None:
        """Return the conversation of somebody on another platform."""
        person = await self._session.get(Person, person_key)
        return await self.get(person.conversation_id) if person else None

    async def choice(self, conversation_id: str, choice_id: str) -> Choice | None:
        """Return a choice of this conversation and no other."""
        query = select(Choice).where(
            Choice.conversation_id == conversation_id, Choice.id == choice_id
        )
        return (await self._session.scalars(query)).one_or_none()

    async def reply(self, conversation_id: str, reply_id: str) -> Reply | None:
        """Return a reply of this conversation and no other."""
        query = select(Reply).where(Reply.conversation_id == conversation_id, Reply.id == reply_id)
        return (await self._session.scalars(query)).one_or_none()

    async def replies_to(self, conversation_id: str, message_id: str) -> Sequence[Reply]:
        """Return what was answered to a message, in order."""
        query = select(Reply).where(
            Reply.conversation_id == conversation_id, Reply.in_reply_to == message_id
        )
        return (await self._session.scalars(query.order_by(Reply.position))).all()

    async def replies(self, conversation_id: str, latest: int | None = None) -> Sequence[Reply]:
        """Return the `latest` replies of a conversation, or all, in order."""
        query = select(Reply).where(Reply.conversation_id == conversation_id)
        query = query.order_by(Reply.created_at.desc(), Reply.position.desc()).limit(latest)
        return [*(await self._session.scalars(query)).all()][::-1]

    async def choices(self, conversation_id: str, reply_ids: Sequence[str]) -> Sequence[Choice]:
        """Return the choices under some replies of a conversation, in order."""
        query = select(Choice).where(
            Choice.conversation_id == conversation_id, Choice.reply_id.in_(reply_ids)
        )
        return (await self._session.scalars(query.order_by(Choice.reply_id, Choice.position))).all()
