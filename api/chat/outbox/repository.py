"""Queries on the outbox."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    Select,
    String,
    Table,
    Update,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from api.chat.inbox.models import InboxMessage
from api.chat.outbox.models import OutboxReply
from api.kit.database import UtcDateTime
from api.kit.rows import put


class OutboxRepository:
    """Reads and writes through one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, delivery: OutboxReply) -> None:
        """Write `delivery` behind what its conversation still waits for, whatever the clock says.

        A clock that was set back would let it overtake. At once, so that what refers to it may
        follow.
        """
        if delivery.delivered_at is None:
            of = {"of": delivery.conversation_id}
            latest = await self._session.scalar(_latest_open(), of)
            if latest and latest >= delivery.created_at:
                delivery.created_at = latest + timedelta(microseconds=1)
        await put(self._session, delivery)

    async def due(
        self, now: datetime, horizon: datetime, without: Collection[str], limit: int = 1
    ) -> Sequence[OutboxReply]:
        """Return the oldest deliveries to try now: each the first open one of its conversation,
        in nobody's (living) hands, on no channel of `without`.

        What is put off beyond `horizon` was written by a clock that went wrong, and is due.
        """
        values = {"now": now, "horizon": horizon, "without": [*without]}
        return (await self._session.scalars(_due(limit), values)).all()

    async def change(self, delivery: OutboxReply, **values: Any) -> bool:
        """Change `delivery` if nobody else has claimed it since it was read; say whether."""
        statement = _changing(*values)
        values |= {
            "of": delivery.conversation_id,
            "message": delivery.message_id,
            "known_claims": delivery.claims,
        }
        done = await self._session.execute(statement, values)
        changed: int = done.rowcount  # type: ignore[attr-defined]
        return changed == 1

    async def forget_address(self, delivery: OutboxReply) -> None:
        """Drop the way back: the answer has gone, or never will."""
        answered = {"of": delivery.conversation_id, "message": delivery.message_id}
        await self._session.execute(_FORGET, answered)


# What changes a row asks for no object: through the mapper it takes twice as long.
_TABLE, _INBOX = (cast("Table", each.__table__) for each in (OutboxReply, InboxMessage))
# Put together once, like what follows.
_FORGET = (
    update(_INBOX)
    .where(_INBOX.c.conversation_id == bindparam("of"), _INBOX.c.id == bindparam("message"))
    .values(return_address=None)
)


@cache
def _changing(*names: str) -> Update:
    """Return the statement behind `change` for these columns."""
    box = _TABLE.c
    query = update(_TABLE).where(
        box.conversation_id == bindparam("of"),
        box.message_id == bindparam("message"),
        box.claims == bindparam("known_claims"),
        *_open(box),
    )
    return query.values({name: bindparam(name) for name in names})


@cache
def _latest_open() -> Select[datetime]:
    """Return the statement for when the last open delivery of a conversation was written."""
    of_one = OutboxReply.conversation_id == bindparam("of")
    return select(func.max(OutboxReply.created_at)).where(of_one, *_open(OutboxReply))


def _open(box: Any) -> tuple[Any, Any]:
    return box.delivered_at.is_(None), box.failed_at.is_(None)


def _passed(moment: Any, now: Any, horizon: Any) -> Any:
    return or_(moment.is_(None), moment <= now, moment > horizon)


@cache
def _due(limit: int) -> Select[OutboxReply]:
    """Return the statement behind `due`, put together once: idle relays ask all the time."""
    now, horizon = bindparam("now", type_=UtcDateTime), bindparam("horizon", type_=UtcDateTime)
    without = bindparam("without", type_=String(), expanding=True)
    box, earlier = OutboxReply, aliased(OutboxReply)
    before = or_(
        earlier.created_at < box.created_at,
        and_(earlier.created_at == box.created_at, earlier.message_id < box.message_id),
    )
    is_first = ~exists().where(
        earlier.conversation_id == box.conversation_id, *_open(earlier), before
    )
    free = _passed(box.lease_until, now, horizon)
    due = _passed(box.not_before, now, horizon)
    query = select(box).where(*_open(box), free, due, is_first, box.channel.not_in(without))
    return query.order_by(box.created_at).limit(limit)
