"""Let people in, change what they may, change what they know."""

import re
from collections.abc import Sequence

from api.kit.clock import Clock
from api.kit.database import Database
from api.kit.errors import NotFound
from api.kit.ids import new_id, new_token
from api.review.audit.service import AuditService
from api.review.staff import passwords
from api.review.staff.errors import LastAdmin, PasswordWeak, SignInFailed, StaffNameTaken
from api.review.staff.factor import SecondFactor, code_digest, recovery_codes
from api.review.staff.models import ADMIN, ROLES, RecoveryCode, StaffMember
from api.review.staff.repository import StaffRepository
from api.review.staff.service import Visitor

_NAME = re.compile(r"[a-z][a-z0-9._-]{2,31}")
_LONGEST_SHOWN = 64


class MemberService:
    """The rules of accounts."""

    def __init__(
        self, database: Database, factor: SecondFactor, audit: AuditService, clock: Clock
    ) -> None:
        self._database, self._factor, self._audit, self._clock = database, factor, audit, clock

    async def everybody(self) -> Sequence[StaffMember]:
        """Return all members."""
        async with self._database.reading() as session:
            return await StaffRepository(session).everybody()

    async def create(self, name: str, shown: str, role: str, by: str | None = None) -> str:
        """Add a member; return the first password, which is shown once.

        Raises StaffNameTaken, also for a name that is none.
        """
        if not _NAME.fullmatch(name) or role not in ROLES:
            raise StaffNameTaken("name or role")
        first = passwords.first_password()
        member = StaffMember(
            id=new_id("s"),
            name=name,
            shown=(shown.strip() or name)[:_LONGEST_SHOWN],
            role=role,
            password_hash=await passwords.hashed(first, name),
            must_change=True,
            active=True,
            totp_nonce=None,
            totp_on=False,
            totp_step=0,
            created_at=self._clock(),
        )
        async with self._database.transaction() as session:
            staff = StaffRepository(session)
            if await staff.named(name):
                raise StaffNameTaken("taken")
            await staff.add(member)
            await self._audit.add(session, by or member.id, "staff_created", member.id)
        return first

    async def first_admin(self) -> str | None:
        """Make the first administrator; None where there is somebody already."""
        return None if await self.everybody() else await self.create("admin", "", ADMIN)

    async def change(self, staff_id: str, role: str, *, active: bool, by: Visitor) -> None:
        """Change role and access; what changed holds at once, everywhere."""
        async with self._database.transaction() as session:
            staff = StaffRepository(session)
            member = await staff.get(staff_id)
            if member is None or role not in ROLES:
                raise NotFound("staff")
            loses = member.role == ADMIN and member.active and (role != ADMIN or not active)
            if loses and await staff.admins() <= 1:
                raise LastAdmin()
            member.role, member.active = role, active
            await staff.end_sessions(staff_id, but=by.session)
            await self._audit.add(session, by.id, "staff_changed", staff_id, {"role": role})

    async def reset(self, staff_id: str, by: Visitor) -> str:
        """Give a member a new first password and no second factor; return the password."""
        first = passwords.first_password()
        async with self._database.transaction() as session:
            staff = StaffRepository(session)
            member = await staff.get(staff_id)
            if member is None:
                raise NotFound("staff")
            member.password_hash = await passwords.hashed(first, member.name)
            member.must_change, member.totp_on, member.totp_nonce = True, False, None
            await staff.drop_recovery_codes(staff_id)
            await staff.end_sessions(staff_id)
            await self._audit.add(session, by.id, "staff_reset", staff_id)
        return first

    async def change_password(self, visitor: Visitor, old: str, new: str) -> None:
        """Change one's own; other browsers are signed out. Raises SignInFailed, PasswordWeak."""
        async with self._database.transaction() as session:
            staff = StaffRepository(session)
            member = await staff.get(visitor.id)
            if member is None or not await passwords.matches(old, member.password_hash):
                raise SignInFailed("old password")
            if new == old:
                raise PasswordWeak()
            member.password_hash = await passwords.hashed(new, member.name)
            member.must_change = False
            await staff.end_sessions(visitor.id, but=visitor.session)
            await self._audit.add(session, visitor.id, "password_changed")

    async def factor_to_set_up(self, visitor: Visitor) -> tuple[str, str]:
        """Return picture and seed of a second factor that is not confirmed yet."""
        async with self._database.transaction() as session:
            member = await StaffRepository(session).get(visitor.id)
            assert member is not None
            if member.totp_on:
                raise NotFound("factor stands")
            member.totp_nonce = member.totp_nonce or new_token()
            nonce = member.totp_nonce
        return self._factor.picture(nonce, visitor.name), self._factor.seed(nonce)

    async def set_up_factor(self, visitor: Visitor, code: str) -> list[str]:
        """Confirm the second factor; return the recovery codes, which are shown once."""
        codes = recovery_codes()
        async with self._database.transaction() as session:
            staff = StaffRepository(session)
            member = await staff.get(visitor.id)
            assert member is not None
            step = self._factor.step(member.totp_nonce or "", code.strip(), self._clock())
            if member.totp_on or step is None:
                raise SignInFailed("code")
            member.totp_on, member.totp_step = True, step
            await staff.end_sessions(visitor.id, but=visitor.session)
            await staff.drop_recovery_codes(visitor.id)
            for each in codes:
                row = RecoveryCode(digest=code_digest(visitor.id, each), staff_id=visitor.id)
                await staff.add(row)
            found = await staff.session(visitor.session)
            assert found is not None
            found[0].passed = True
            await self._audit.add(session, visitor.id, "factor_set_up")
        return codes
