"""The rules: what a handle is good for, and when an account counts as locked."""

import secrets
from datetime import datetime, timedelta

from api.accounts.errors import HandleUnknown
from api.accounts.models import Account, Handle
from api.accounts.repository import AccountRepository
from api.accounts.schemas import (
    DemoPerson,
    DemoPersons,
    Lockout,
    LockState,
    Purpose,
    ServiceStatus,
    Verification,
)
from api.kit.clock import Clock
from api.kit.database import Database
from api.kit.ids import TokenSource, digest, new_token

HANDLE_LIFETIME = timedelta(minutes=15)


class AccountService:
    """One method a use case, each in one transaction that is committed before it returns."""

    def __init__(
        self,
        database: Database,
        lock_time: timedelta,
        clock: Clock,
        tokens: TokenSource = secrets.token_bytes,
    ) -> None:
        self._database = database
        self._lock_time = lock_time
        self._clock = clock
        self._tokens = tokens

    async def status(self) -> ServiceStatus:
        """Say whether a maintenance is under way."""
        async with self._database.transaction() as session:
            running = await AccountRepository(session).maintenance_at(self._clock())
        if running is None:
            return ServiceStatus(status="ok", until=None)
        return ServiceStatus(status="maintenance", until=running.ends_at)

    async def demo_persons(self) -> DemoPersons:
        """Return the persons to pick from."""
        async with self._database.transaction() as session:
            accounts = await AccountRepository(session).demo_persons()
        return DemoPersons(persons=[DemoPerson.model_validate(account) for account in accounts])

    async def verify(self, purpose: Purpose, person: str) -> Verification:
        """Give a handle, a decoy where nobody matches: the answer never shows who exists."""
        now, secret = self._clock(), new_token(self._tokens)
        async with self._database.transaction() as session:
            accounts = AccountRepository(session)
            await accounts.delete_handles_expired_at(now)
            account = await accounts.account(person)
            if account is not None:
                self._keep_sample_locked(account, now)
            accounts.add_handle(
                Handle(
                    digest=digest(secret),
                    purpose=purpose.value,
                    account_id=account.id if account else None,
                    expires_at=now + HANDLE_LIFETIME,
                )
            )
        return Verification(handle=secret, expires_in=int(HANDLE_LIFETIME.total_seconds()))

    async def lockout(self, secret: str) -> Lockout:
        """Say whether the account behind the handle is locked, and until when."""
        now = self._clock()
        async with self._database.transaction() as session:
            accounts = AccountRepository(session)
            handle = await accounts.handle(digest(secret))
            if handle is None or handle.purpose != Purpose.LOCKOUT or handle.expires_at <= now:
                raise HandleUnknown
            if handle.account_id is None:
                return Lockout(state=LockState.UNKNOWN)
            account = await accounts.account(handle.account_id)
            assert account is not None, "the foreign key holds"
            self._keep_sample_locked(account, now)
            return _lockout(account, now)

    def _keep_sample_locked(self, account: Account, now: datetime) -> None:
        """Lock the sample again when its lock has run out.

        A sample of a locked account that unlocks itself is useless to look at. It is asked at
        the reading too, because a lock may run out between the verification and the reading.
        """
        if account.stays_locked and not _is_locked(account, now):
            account.locked_until = now + self._lock_time


def _is_locked(account: Account, now: datetime) -> bool:
    return account.locked_until is not None and account.locked_until > now


def _lockout(account: Account, now: datetime) -> Lockout:
    if _is_locked(account, now):
        return Lockout(state=LockState.LOCKED, until=account.locked_until)
    return Lockout(state=LockState.OPEN)
