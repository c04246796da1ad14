"""Who may write at the same time on PostgreSQL, where SQLite lets in one writer.

Locks of a transaction: they end with it, whatever happens, and a pooler in front of the database
does them no harm. https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
"""

from hashlib import blake2b

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

# Held by many who each write about one thing, or by one who writes about everything.
_EVERYTHING = 0x68656C70


class Busy(Exception):
    """Somebody else is writing about the same thing."""


async def alone(session: AsyncSession) -> None:
    """Wait until nobody else writes, and keep others from it."""
    await session.execute(select(func.pg_advisory_xact_lock(_EVERYTHING)))


async def alone_with(session: AsyncSession, thing: str, *, wait: bool) -> None:
    """Wait until nobody else writes about `thing`; without `wait`, raise Busy instead."""
    everybody = func.pg_advisory_xact_lock_shared(_EVERYTHING)
    if wait:
        await session.execute(select(everybody, func.pg_advisory_xact_lock(_key(thing))))
        return
    found = await session.execute(select(everybody, func.pg_try_advisory_xact_lock(_key(thing))))
    if not found.one()[1]:
        raise Busy(thing)


def _key(thing: str) -> int:
    """Return 64 bits for a name. Two names with the same bits wait for each other, no more."""
    return int.from_bytes(blake2b(thing.encode(), digest_size=8).digest(), signed=True)
