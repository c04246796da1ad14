"""Queries on staff accounts."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.review.staff.models import (
    ADMIN,
    LoginFailure,
    RecoveryCode,
    StaffMember,
    StaffSession,
)


class StaffRepository:
    """Reads and writes through one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, row: StaffMember | StaffSession | RecoveryCode | LoginFailure) -> None:
        """Write `row`."""
        self._session.add(row)
        await self._session.flush()

    async def get(self, staff_id: str) -> StaffMember | None:
        """Return a member."""
        return await self._session.get(StaffMember, staff_id)

    async def named(self, name: str) -> StaffMember | None:
        """Return the member with that name."""
        query = select(StaffMember).where(StaffMember.name == name)
        return (await self._session.scalars(query)).one_or_none()

    async def everybody(self) -> Sequence[StaffMember]:
        """Return all members by name."""
        return (await self._session.scalars(select(StaffMember).order_by(StaffMember.name))).all()

    async def admins(self) -> int:
        """Return how many can let others in."""
        query = select(func.count()).where(StaffMember.role == ADMIN, StaffMember.active.is_(True))
        return await self._session.scalar(query) or 0

    async def session(self, digest: str) -> tuple[StaffSession, StaffMember] | None:
        """Return a signed-in browser with its member."""
        query = select(StaffSession, StaffMember).join(
            StaffMember, StaffMember.id == StaffSession.staff_id
        )
        found = (await self._session.execute(query.where(StaffSession.digest == digest))).first()
        return (found[0], found[1]) if found else None

    async def present(self, roles: Sequence[str], since: datetime) -> bool:
        """Say whether anybody with one of these roles has been here since then."""
        query = (
            select(func.count())
            .select_from(StaffSession)
            .join(StaffMember, StaffMember.id == StaffSession.staff_id)
        )
        query = query.where(
            StaffMember.role.in_(roles), StaffMember.active.is_(True),
            StaffSession.passed.is_(True), StaffSession.seen_at >= since,
        )  # fmt: skip
        return bool(await self._session.scalar(query))

    async def seen(self, digest: str, now: datetime) -> None:
        """Note that a session is in use."""
        await self._session.execute(
            update(StaffSession).where(StaffSession.digest == digest).values(seen_at=now)
        )

    async def end_session(self, digest: str) -> None:
        """Sign one browser out."""
        await self._session.execute(delete(StaffSession).where(StaffSession.digest == digest))

    async def end_sessions(self, staff_id: str, but: str = "") -> None:
        """Sign a member out everywhere, `but` for one browser."""
        await self._session.execute(
            delete(StaffSession).where(
                StaffSession.staff_id == staff_id, StaffSession.digest != but
            )
        )

    async def forget_sessions(self, before: datetime) -> None:
        """Drop sessions that began long ago, and old failures."""
        await self._session.execute(delete(StaffSession).where(StaffSession.created_at < before))
        await self._session.execute(delete(LoginFailure).where(LoginFailure.failed_at < before))

    async def failures(self, key: str, since: datetime) -> int:
        """Return how often it failed under a key."""
        query = select(func.count()).where(LoginFailure.key == key, LoginFailure.failed_at > since)
        return await self._session.scalar(query) or 0

    async def forgive(self, key: str) -> None:
        """Forget the failures under a key."""
        await self._session.execute(delete(LoginFailure).where(LoginFailure.key == key))

    async def use_recovery_code(self, staff_id: str, digest: str) -> bool:
        """Use a code up; say whether there was one."""
        used = await self._session.execute(
            delete(RecoveryCode).where(
                RecoveryCode.staff_id == staff_id, RecoveryCode.digest == digest
            )
        )
        return bool(used.rowcount)  # type: ignore[attr-defined]

    async def drop_recovery_codes(self, staff_id: str) -> None:
        """Make all codes of a member worthless."""
        await self._session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff_id))
