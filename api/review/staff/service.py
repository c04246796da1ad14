"""The rules of the door: sign in, stay in, leave."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from api.kit.clock import Clock
from api.kit.database import Database
from api.kit.ids import digest, new_token
from api.review.audit.service import AuditService
from api.review.staff import passwords
from api.review.staff.errors import SignInFailed, SignInNeeded
from api.review.staff.factor import SecondFactor, code_digest
from api.review.staff.models import ADMIN, ROLES, StaffMember, StaffSession
from api.review.staff.repository import StaffRepository
from api.review.staff.throttle import Attempt

IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=8)
# A write each request would be dear; so exactly nobody idles.
_SEEN_EVERY = timedelta(minutes=1)
CODE_PAGE, SET_UP_PAGE, CHANGE_PAGE = "/staff/code", "/staff/factor", "/staff/password"


@dataclass(frozen=True)
class Visitor:
    """Who is signed in, in one browser."""

    id: str
    name: str
    shown: str
    role: str
    csrf: str
    session: str
    passed: bool
    must_change: bool
    totp_on: bool

    def may(self, role: str) -> bool:
        """Say whether this role reaches what needs `role`."""
        return ROLES.index(self.role) >= ROLES.index(role)

    def unfinished(self) -> str | None:
        """Return the page that comes before all others, if there is one."""
        if self.totp_on and not self.passed:
            return CODE_PAGE
        if self.must_change:
            return CHANGE_PAGE
        return SET_UP_PAGE if self.role == ADMIN and not self.totp_on else None


class SignInService:
    """Sessions: server-side, short when idle, never longer than a working day."""

    def __init__(
        self, database: Database, factor: SecondFactor, audit: AuditService, clock: Clock
    ) -> None:
        self._database, self._factor, self._audit, self._clock = database, factor, audit, clock

    async def sign_in(self, name: str, password: str, address: str, before: str = "") -> str:
        """Return the cookie of a new session; raises SignInFailed and SignInThrottled.

        `before` is the cookie that the browser had: whoever sat here before is signed out.
        """
        attempt = Attempt(name, address, self._clock())
        async with self._database.transaction() as session:
            staff = StaffRepository(session)
            await attempt.check(staff)
            member = await staff.named(name)
        right = await passwords.matches(password, member.password_hash if member else None)
        if not (member and member.active and right):
            await self._fail(attempt, member.id if member else None)
        assert member is not None
        async with self._database.transaction() as session:
            staff = StaffRepository(session)
            await attempt.worked(staff)
            await staff.forget_sessions(attempt.now - LONGEST)
            await staff.end_session(digest(before))
            token = await self._begin(staff, member, passed=not member.totp_on)
            await self._audit.add(session, member.id, "signed_in")
        return token

    async def _fail(self, attempt: Attempt, staff_id: str | None) -> None:
        """Count it; a name that is nobody's is not written down, as it may be a password."""
        async with self._database.transaction() as session:
            await attempt.failed(StaffRepository(session))
            if staff_id:
                await self._audit.add(session, staff_id, "sign_in_failed")
        raise SignInFailed("sign-in")

    async def _begin(self, staff: StaffRepository, member: StaffMember, *, passed: bool) -> str:
        token, now = new_token(), self._clock()
        await staff.add(
            StaffSession(
                digest=digest(token),
                staff_id=member.id,
                csrf=new_token(),
                passed=passed,
                created_at=now,
                seen_at=now,
            )
        )
        return token

    async def confirm(self, visitor: Visitor, code: str, address: str) -> str:
        """Take the second factor or a recovery code; return the cookie of a fresh session."""
        attempt = Attempt(visitor.name, address, self._clock())
        async with self._database.transaction() as session:
            staff = StaffRepository(session)
            await attempt.check(staff)
            member = await staff.get(visitor.id)
            if member is not None and await self._accepts(staff, member, code):
                await staff.end_session(visitor.session)
                return await self._begin(staff, member, passed=True)
        await self._fail(attempt, visitor.id)
        raise AssertionError

    async def _accepts(self, staff: StaffRepository, member: StaffMember, code: str) -> bool:
        """Say whether `code` is good; it never is a second time."""
        step = self._factor.step(member.totp_nonce or "", code.strip(), self._clock())
        if step is not None and step > member.totp_step:
            member.totp_step = step
            return True
        return await staff.use_recovery_code(member.id, code_digest(member.id, code))

    async def visitor(self, token: str) -> Visitor:
        """Return who has the cookie `token`; raises SignInNeeded."""
        key, now = digest(token), self._clock()
        async with self._database.reading() as session:
            found = await StaffRepository(session).session(key)
        if found is None or _over(found[0], now) or not found[1].active:
            raise SignInNeeded()
        current, member = found
        if now - current.seen_at > _SEEN_EVERY:
            async with self._database.transaction(key) as session:
                await StaffRepository(session).seen(key, now)
        return _visitor(current, member)

    async def sign_out(self, visitor: Visitor) -> None:
        """End this browser's session."""
        async with self._database.transaction() as session:
            await StaffRepository(session).end_session(visitor.session)
            await self._audit.add(session, visitor.id, "signed_out")


def _over(current: StaffSession, now: datetime) -> bool:
    return now - current.seen_at > IDLE or now - current.created_at > LONGEST


def _visitor(current: StaffSession, member: StaffMember) -> Visitor:
    return Visitor(
        id=member.id,
        name=member.name,
        shown=member.shown,
        role=member.role,
        csrf=current.csrf,
        session=current.digest,
        passed=current.passed,
        must_change=member.must_change,
        totp_on=member.totp_on,
    )
