"""Queries on conversations, replies and choices."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import BindParameter, Table, and_, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.conversations.models import Choice, Conversation, Person, Reply
from api.chat.conversations.remembered import Asked, Remembered
from api.chat.conversations.said import Said
from api.chat.inbox.models import DONE, InboxMessage
from api.kit.database import UtcDateTime
from api.kit.rows import put

# Put together once: for each of the few statements of a turn, SQLAlchemy takes longer to build it
# than the database to answer it.
_OF: BindParameter[str] = bindparam("of")
_CONVERSATION = select(Conversation).where(Conversation.id == _OF)
_PERSON = select(Person.conversation_id).where(Person.person_key == bindparam("person"))
_CHOICE = select(Choice).where(Choice.conversation_id == _OF, Choice.id == bindparam("choice"))
_CHOICES = (
    select(Choice)
    .where(Choice.conversation_id == _OF, Choice.reply_id.in_(bindparam("replies", expanding=True)))
    .order_by(Choice.reply_id, Choice.position)
)
_REPLIES_TO = (
    select(Reply)
    .where(Reply.conversation_id == _OF, Reply.in_reply_to == bindparam("message"))
    .order_by(Reply.position)
)
_REPLIES = (
    select(Reply)
    .where(Reply.conversation_id == _OF)
    .order_by(Reply.created_at.desc(), Reply.position.desc())
)
_SINCE = (
    select(Reply)
    .where(Reply.conversation_id == _OF, Reply.created_at > bindparam("since", type_=UtcDateTime))
    .order_by(Reply.created_at, Reply.position)
)
_LATEST_REPLIES = _REPLIES.limit(bindparam("most"))
# Of the tables: the mapper makes a look at single columns half as dear again.
_HEARD = cast("Table", InboxMessage.__table__).c
_SAID, _OFFERED = cast("Table", Reply.__table__).c, cast("Table", Choice.__table__).c
_LATEST = (
    select(_SAID.id)
    .where(_SAID.conversation_id == _OF)
    .order_by(_SAID.created_at.desc(), _SAID.position.desc())
    .limit(bindparam("most"))
)
_REMEMBERED = _LATEST.with_only_columns(
    _SAID.answer_id, _SAID.in_reply_to, _SAID.private, _SAID.body["text"].as_string()
)
_LAST_SAID_AT = select(func.max(_SAID.created_at)).where(_SAID.conversation_id == _OF)
_MARK = select(
    select(func.count()).where(_HEARD.conversation_id == _OF).scalar_subquery(),
    select(func.count())
    .where(_HEARD.conversation_id == _OF, _HEARD.status != DONE)
    .scalar_subquery(),
    select(func.count()).where(_SAID.conversation_id == _OF).scalar_subquery(),
)
_ABOUT = _LATEST.with_only_columns(
    _SAID.conversation_id, _SAID.id, _SAID.in_reply_to, _SAID.body["topics"].label("topics"),
    _SAID.created_at, _SAID.position,
).subquery()  # fmt: skip
_UNDER_IT = and_(
    _OFFERED.conversation_id == _ABOUT.c.conversation_id, _OFFERED.reply_id == _ABOUT.c.id
)
_ASKED = (
    select(_ABOUT.c.id, _ABOUT.c.in_reply_to, _ABOUT.c.topics, _OFFERED.label, _OFFERED.payload)
    .select_from(_ABOUT.outerjoin(cast("Table", Choice.__table__), _UNDER_IT))
    .order_by(_ABOUT.c.created_at, _ABOUT.c.position, _OFFERED.position)
)


class ConversationRepository:
    """Reads and writes through one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, *rows: Conversation | Person | Reply | Choice) -> None:
        """Write `rows` of one kind; at once, so that what refers to them may follow."""
        await put(self._session, *rows)

    async def get(self, conversation_id: str) -> Conversation | None:
        """Return a conversation."""
        found = await self._session.scalars(_CONVERSATION, {"of": conversation_id})
        return found.one_or_none()

    async def of_person(self, person_key: str) -> Conversation | None:
        """Return the conversation of somebody on another platform."""
        found = await self._session.scalar(_PERSON, {"person": person_key})
        return await self.get(found) if found else None

    async def choice(self, conversation_id: str, choice_id: str) -> Choice | None:
        """Return a choice of this conversation and no other."""
        wanted = {"of": conversation_id, "choice": choice_id}
        return (await self._session.scalars(_CHOICE, wanted)).one_or_none()

    async def reply(self, conversation_id: str, reply_id: str) -> Reply | None:
        """Return a reply of this conversation and no other."""
        query = select(Reply).where(Reply.conversation_id == conversation_id, Reply.id == reply_id)
        return (await self._session.scalars(query)).one_or_none()

    async def replies_to(self, conversation_id: str, message_id: str) -> Sequence[Reply]:
        """Return what was answered to a message, in order."""
        wanted = {"of": conversation_id, "message": message_id}
        return (await self._session.scalars(_REPLIES_TO, wanted)).all()

    async def replies(self, conversation_id: str, latest: int | None = None) -> Sequence[Reply]:
        """Return the `latest` replies of a conversation, or all, in order."""
        query = _REPLIES if latest is None else _LATEST_REPLIES
        wanted = {"of": conversation_id, "most": latest}
        return [*(await self._session.scalars(query, wanted)).all()][::-1]

    async def said_to(self, conversation_id: str, message_id: str) -> list[Said]:
        """Return what was answered to a message, with the choices under it, in order."""
        return await self._with_choices(await self.replies_to(conversation_id, message_id))

    async def said(self, conversation_id: str, since: datetime | None = None) -> list[Said]:
        """Return all that was answered in a conversation, or what was `since` then, in order."""
        if since is None:
            return await self._with_choices(await self.replies(conversation_id))
        wanted = {"of": conversation_id, "since": since}
        return await self._with_choices((await self._session.scalars(_SINCE, wanted)).all())

    async def _with_choices(self, replies: Sequence[Reply]) -> list[Said]:
        if not replies:
            return []
        choices = await self.choices(replies[0].conversation_id, [each.id for each in replies])
        return [
            Said(reply, [choice for choice in choices if choice.reply_id == reply.id])
            for reply in replies
        ]

    async def last_said_at(self, conversation_id: str) -> datetime | None:
        """Return the moment of the last reply of a conversation."""
        found: datetime | None = await self._session.scalar(_LAST_SAID_AT, {"of": conversation_id})
        return found

    async def mark(self, conversation_id: str) -> tuple[int, ...]:
        """Return what changes with each message, each answer and each outcome; one look."""
        row = (await self._session.execute(_MARK, {"of": conversation_id})).one()
        return tuple(row)

    async def remembered(self, conversation_id: str, latest: int) -> Sequence[Remembered]:
        """Return what the `latest` replies of a conversation said, in order."""
        wanted = {"of": conversation_id, "most": latest}
        rows = await self._session.execute(_REMEMBERED, wanted)
        return [Remembered(*row) for row in rows][::-1]

    async def asked(self, conversation_id: str, latest: int) -> Sequence[Asked]:
        """Return what the `latest` replies of a conversation were about, in order."""
        wanted = {"of": conversation_id, "most": latest}
        asked: dict[str, Asked] = {}
        for reply_id, in_reply_to, topics, label, payload in await self._session.execute(
            _ASKED, wanted
        ):
            reply = asked.setdefault(reply_id, Asked(reply_id, in_reply_to, topics, []))
            if label is not None:
                reply.buttons.append((label, payload))
        return [*asked.values()]

    async def choices(self, conversation_id: str, reply_ids: Sequence[str]) -> Sequence[Choice]:
        """Return the choices under some replies of a conversation, in order."""
        wanted = {"of": conversation_id, "replies": [*reply_ids]}
        return (await self._session.scalars(_CHOICES, wanted)).all()
