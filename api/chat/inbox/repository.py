"""Queries on the inbox, the claiming of messages among them."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    Table,
    Update,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.conversations.models import Conversation
from api.chat.inbox.limits import Came
from api.chat.inbox.models import DONE, IN_PROGRESS, QUEUED, InboxMessage
from api.kit.database import UtcDateTime
from api.kit.rows import put

# What changes a row, or reads a column of it, asks for no object: the mapper makes it dearer.
_TABLE = cast("Table", InboxMessage.__table__)
# Put together once, as with conversations.
_OF: BindParameter[str] = bindparam("of")
_MESSAGE = select(InboxMessage).where(
    InboxMessage.conversation_id == _OF, InboxMessage.id == bindparam("message")
)
_OUTCOME = _MESSAGE.with_only_columns(InboxMessage.outcome).where(InboxMessage.status == DONE)
_EXTERNAL = InboxMessage.external_id.in_(bindparam("external", expanding=True))
_BY_EXTERNAL = select(InboxMessage).where(InboxMessage.conversation_id == _OF, _EXTERNAL)
_BY_EVENT = select(InboxMessage).where(
    InboxMessage.conversation_id == _OF,
    or_(InboxMessage.event_id == bindparam("event"), _EXTERNAL),
)
_MESSAGES = (
    select(InboxMessage)
    .where(InboxMessage.conversation_id == _OF)
    .order_by(InboxMessage.sequence.desc())
)
_LATEST = _MESSAGES.limit(bindparam("most"))
_SINCE = (
    select(InboxMessage)
    .where(
        InboxMessage.conversation_id == _OF,
        or_(InboxMessage.sequence > bindparam("number"), InboxMessage.status != DONE),
    )
    .order_by(InboxMessage.sequence)
)
_TEXTS = (
    select(_TABLE.c.text)
    .where(_TABLE.c.conversation_id == _OF, _TABLE.c.sequence < bindparam("before"))
    .order_by(_TABLE.c.sequence.desc())
    .limit(bindparam("most"))
)
_LAST = select(func.max(_TABLE.c.sequence)).where(_TABLE.c.conversation_id == _OF)
_LATEST_NUMBERS = (
    select(
        _TABLE.c.sequence,
        _TABLE.c.received_at,
        case(
            (_TABLE.c.status == DONE, None),
            else_=func.coalesce(_TABLE.c.not_before, _TABLE.c.received_at),
        ).label("due"),
    )
    .where(_TABLE.c.conversation_id == _OF)
    .order_by(_TABLE.c.sequence.desc())
    .limit(bindparam("most"))
    .subquery()
)
# Sorted out by the database: of an old conversation most of them would be read for nothing.
_RECENT_NUMBERS = (
    select(*_LATEST_NUMBERS.c)
    .where(
        or_(
            _LATEST_NUMBERS.c.received_at > bindparam("since"),
            _LATEST_NUMBERS.c.due.is_not(None),
            _LATEST_NUMBERS.c.sequence == _LAST.scalar_subquery(),
        )
    )
    .order_by(_LATEST_NUMBERS.c.sequence.desc())
)


class InboxRepository:
    """Reads and writes through one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, message: InboxMessage, last: int | None = None) -> None:
        """Write `message` behind the `last` of its conversation, which is looked up where it is
        not given; at once, so that what refers to it may follow.

        Nobody else writes about the conversation meanwhile (`Database.transaction`), so counting
        on is safe, and order needs no counter that all conversations would share.
        """
        if last is None:
            last = await self._session.scalar(_LAST, {"of": message.conversation_id}) or 0
        message.sequence = last + 1
        message.sent_at = message.sent_at or message.received_at
        await put(self._session, message)

    async def get(self, conversation_id: str, message_id: str) -> InboxMessage | None:
        """Return a message of a conversation."""
        wanted = {"of": conversation_id, "message": message_id}
        return (await self._session.scalars(_MESSAGE, wanted)).one_or_none()

    async def find(self, message_id: str) -> InboxMessage | None:
        """Return a message by its id alone: for staff, never on a person's way."""
        query = select(InboxMessage).where(InboxMessage.id == message_id)
        return (await self._session.scalars(query)).one_or_none()

    async def outcome(self, message: InboxMessage) -> str | None:
        """Return the outcome of a message that is done, else None."""
        wanted = {"of": message.conversation_id, "message": message.id}
        found: str | None = await self._session.scalar(_OUTCOME, wanted)
        return found

    async def by_event(
        self, conversation: Conversation, event_id: str, *external_ids: str
    ) -> Sequence[InboxMessage]:
        """Return the messages that an event became, or others with one of these ids on their
        platform.
        """
        wanted = {"of": conversation.id, "event": event_id, "external": external_ids}
        return (await self._session.scalars(_BY_EVENT, wanted)).all()

    async def by_external(
        self, conversation: Conversation, *external_ids: str
    ) -> Sequence[InboxMessage]:
        """Return the messages that have one of these ids on their platform."""
        wanted = {"of": conversation.id, "external": external_ids}
        return (await self._session.scalars(_BY_EXTERNAL, wanted)).all()

    async def ignored_since(self, conversation_id: str, moment: datetime, reason: str) -> bool:
        """Say whether a message that came in after `moment` was ignored for `reason`."""
        query = select(InboxMessage.id).where(
            InboxMessage.conversation_id == conversation_id,
            InboxMessage.received_at > moment,
            InboxMessage.reason == reason,
        )
        return (await self._session.scalars(query.limit(1))).first() is not None

    async def waiting(self, channel: str, after: datetime, before: datetime) -> Sequence[str]:
        """Return the conversations with a message from between the two moments, unanswered."""
        query = select(InboxMessage.conversation_id).where(
            InboxMessage.channel == channel,
            InboxMessage.status != DONE,
            InboxMessage.received_at > after,
            InboxMessage.received_at <= before,
        )
        return (await self._session.scalars(query.distinct())).all()

    async def texts(self, before: InboxMessage, latest: int) -> Sequence[str]:
        """Return the texts of the `latest` messages before one, in order."""
        wanted = {"of": before.conversation_id, "before": before.sequence, "most": latest}
        return [text or "" for text in await self._session.scalars(_TEXTS, wanted)][::-1]

    async def latest(self, conversation_id: str, most: int, since: datetime) -> Sequence[Came]:
        """Return the last message, and those of the `most` latest that came after `since` or have
        no answer yet; in order.
        """
        wanted = {"of": conversation_id, "most": most, "since": since}
        rows = await self._session.execute(_RECENT_NUMBERS, wanted)
        return [Came(*row) for row in rows][::-1]

    async def since(self, conversation_id: str, sequence: int) -> Sequence[InboxMessage]:
        """Return the messages behind a number, and those that have no outcome yet; in order."""
        wanted = {"of": conversation_id, "number": sequence}
        return (await self._session.scalars(_SINCE, wanted)).all()

    async def of_conversation(
        self, conversation_id: str, latest: int | None = None
    ) -> Sequence[InboxMessage]:
        """Return the `latest` messages of a conversation, or all, in order."""
        query = _MESSAGES if latest is None else _LATEST
        wanted = {"of": conversation_id, "most": latest}
        return [*(await self._session.scalars(query, wanted)).all()][::-1]

    async def claimable(
        self, now: datetime, horizon: datetime, limit: int = 1
    ) -> Sequence[InboxMessage]:
        """Return the oldest messages that may be worked on: each the first unfinished one of its
        conversation, not held back, and in nobody's (living) hands.

        First is what was sent first. What is put off beyond `horizon` was written by a clock that
        went wrong, and is due.
        """
        values = {"now": now, "horizon": horizon}
        return (await self._session.scalars(_claimable(limit), values)).all()

    async def claim(
        self, seen: InboxMessage, now: datetime, horizon: datetime, **values: Any
    ) -> bool:
        """Change `seen` if it is still claimable, as it was seen; say whether."""
        statement = _claiming(*values)
        values |= {
            "of": seen.conversation_id,
            "message": seen.id,
            "known_claims": seen.claims,
            "now": now,
            "horizon": horizon,
        }
        done = await self._session.execute(statement, values)
        changed: int = done.rowcount  # type: ignore[attr-defined]
        return changed == 1

    async def change(self, message: InboxMessage, **values: Any) -> bool:
        """Change `message` if nobody else has claimed it since it was read; say whether."""
        statement = _changing(*values)
        values |= {
            "of": message.conversation_id,
            "message": message.id,
            "known_claims": message.claims,
        }
        done = await self._session.execute(statement, values)
        changed: int = done.rowcount  # type: ignore[attr-defined]
        return changed == 1


@cache
def _changing(*names: str) -> Update:
    """Return the statement behind `change` for these columns."""
    box = _TABLE.c
    query = update(_TABLE).where(
        box.conversation_id == _OF,
        box.id == bindparam("message"),
        box.claims == bindparam("known_claims"),
        box.status != DONE,
    )
    return query.values({name: bindparam(name) for name in names})


@cache
def _claiming(*names: str) -> Update:
    """Return the statement behind `claim` for these columns."""
    return _changing(*names).where(*_free(_TABLE.c))


@cache
def _claimable(limit: int) -> Select[InboxMessage]:
    """Return the statement behind `claimable`, put together once: idle workers ask all the time.

    With its limit: a statement that is changed afterwards is read through from the beginning each
    time, to find its compiled form.
    """
    query = select(InboxMessage).where(*_free(InboxMessage))
    return query.order_by(InboxMessage.received_at).limit(limit)


def _free(box: Any) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions under which a message of `box` may be worked on."""
    now, horizon = bindparam("now", type_=UtcDateTime), bindparam("horizon", type_=UtcDateTime)
    earlier = _TABLE.alias().c
    # As a word of the statement: no database looks for a parameter's value in a partial index.
    done: BindParameter[str] = bindparam("done", DONE, literal_execute=True)
    sent_before = or_(
        earlier.sent_at < box.sent_at,
        and_(earlier.sent_at == box.sent_at, earlier.sequence < box.sequence),
    )
    is_first = ~exists().where(
        earlier.conversation_id == box.conversation_id,
        earlier.status != done,
        sent_before,
    )
    # Whoever is at work on this conversation stays alone with it, however late it began.
    at_work = exists().where(
        earlier.conversation_id == box.conversation_id,
        earlier.status == IN_PROGRESS,
        earlier.id != box.id,
        earlier.lease_until >= now,
        earlier.lease_until <= horizon,
    )
    lapsed = or_(box.lease_until < now, box.lease_until > horizon)
    free = or_(box.status == QUEUED, and_(box.status == IN_PROGRESS, lapsed))
    due = or_(
        box.not_before.is_(None),
        box.not_before <= now,
        box.not_before > horizon,
    )
    return free, due, is_first, ~at_work


def is_about(row: Any) -> ColumnElement[bool]:
    """Return the condition that `row`, a table with `message_id`, is about the inbox's message."""
    return and_(
        row.conversation_id == InboxMessage.conversation_id, row.message_id == InboxMessage.id
    )
