"""Queries on handovers."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.handover.models import HELD, WAITING, Handover

# Asked in every turn, so put together once; whether somebody holds it without an object.
_OPEN = select(Handover).where(
    Handover.conversation_id == bindparam("of"), Handover.state.in_((WAITING, HELD))
)
_TABLE = cast("Table", Handover.__table__).c
_HELD = select(_TABLE.id).where(_TABLE.conversation_id == bindparam("of"), _TABLE.state == HELD)


class HandoverRepository:
    """Reads and writes through one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, handover: Handover) -> None:
        """Write `handover`."""
        self._session.add(handover)
        await self._session.flush()

    async def get(self, handover_id: str) -> Handover | None:
        """Return a handover by its id alone: for staff, never on a person's way."""
        query = select(Handover).where(Handover.id == handover_id)
        return (await self._session.scalars(query)).one_or_none()

    async def of_thread(self, thread: str) -> Handover | None:
        """Return the handover that is talked about in a thread of the staff's channel."""
        query = select(Handover).where(Handover.thread == thread)
        return (await self._session.scalars(query)).first()

    async def open(self, conversation_id: str) -> Handover | None:
        """Return what a conversation waits for, or who holds it."""
        return (await self._session.scalars(_OPEN, {"of": conversation_id})).first()

    async def held(self, conversation_id: str) -> bool:
        """Say whether a person has taken over."""
        return await self._session.scalar(_HELD, {"of": conversation_id}) is not None

    async def all_open(self) -> Sequence[Handover]:
        """Return all that wait or are held, the longest waiting first."""
        query = select(Handover).where(Handover.state.in_((WAITING, HELD)))
        return (await self._session.scalars(query.order_by(Handover.asked_at))).all()

    async def waiting(self) -> int:
        """Return how many wait."""
        query = select(func.count()).where(Handover.state == WAITING)
        return await self._session.scalar(query) or 0

    async def move(self, handover: Handover, before: str, **values: object) -> bool:
        """Change `handover` if it is still in the state `before`; say whether it was."""
        query = update(Handover).where(
            Handover.conversation_id == handover.conversation_id,
            Handover.id == handover.id,
            Handover.state == before,
        )
        query = query.values(**values).execution_options(synchronize_session="fetch")
        changed: int = (await self._session.execute(query)).rowcount  # type: ignore[attr-defined]
        return changed == 1

    async def touch(self, conversation_id: str, now: datetime) -> None:
        """Note that something was said while a person holds the conversation."""
        query = update(Handover).where(
            Handover.conversation_id == conversation_id, Handover.state == HELD
        )
        await self._session.execute(query.values(last_at=now))
