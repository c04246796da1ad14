"""The rules: what a handle is good for, and when an account counts as locked."""

import secrets
from datetime import datetime, timedelta

from api.accounts.directory import Directory
from api.accounts.models import Account, Handle
from api.accounts.repository import AccountRepository
from api.accounts.schemas import (
    DemoPerson,
    DemoPersons,
    Features,
    Lockout,
    LockState,
    Purpose,
    ServiceStatus,
    Verification,
    VerificationRequest,
)
from api.accounts.tries import NOBODY, LockRules, Locks
from api.kit.clock import Clock
from api.kit.database import Database
from api.kit.ids import TokenSource, digest, new_token

HANDLE_LIFETIME = timedelta(minutes=15)


class AccountService:
    """One method a use case, each in one transaction that is committed before it returns."""

    def __init__(
        self,
        database: Database,
        directory: Directory,
        locks: LockRules,
        clock: Clock,
        tokens: TokenSource = secrets.token_bytes,
    ) -> None:
        self._database, self._directory, self._locks = database, directory, locks
        self._clock, self._tokens = clock, tokens

    async def status(self) -> ServiceStatus:
        """Say whether a maintenance is under way."""
        async with self._database.reading() as session:
            running = await AccountRepository(session).maintenance_at(self._clock())
        if running is None:
            return ServiceStatus(status="ok", until=None)
        return ServiceStatus(status="maintenance", until=running.ends_at)

    async def demo_persons(self) -> DemoPersons:
        """Return the persons to pick from."""
        async with self._database.reading() as session:
            accounts = await AccountRepository(session).demo_persons()
        return DemoPersons(persons=[DemoPerson.model_validate(account) for account in accounts])

    async def verify(self, request: VerificationRequest) -> Verification:
        """Give a handle, a decoy for anything but a full match: nothing shows who exists."""
        now, secret = self._clock(), new_token(self._tokens)
        async with self._database.transaction() as session:
            accounts = AccountRepository(session)
            await accounts.delete_expired_at(now)
            account = await accounts.account(await self._claimed(accounts, request, now))
            self._keep_sample_locked(account, now)
            await accounts.add(
                Handle(
                    digest=digest(secret),
                    purpose=request.purpose.value,
                    account_id=account.id if account else None,
                    client=request.client,
                    expires_at=now + HANDLE_LIFETIME,
                )
            )
        return Verification(handle=secret, expires_in=int(HANDLE_LIFETIME.total_seconds()))

    async def _claimed(
        self, accounts: AccountRepository, request: VerificationRequest, now: datetime
    ) -> str:
        """Return the account id that was proved, or one that no account has.

        Wrong numbers count for the browser that sent them, and with everybody's only against a
        high ceiling: nobody's guesses use up the owner's tries.
        """
        if request.mail is None:
            return request.demo_person or NOBODY
        match = self._directory.match(request.mail, request.number)
        account_id = match.person.id if match.person else NOBODY
        if request.purpose == Purpose.OTP_RESEND:
            return account_id
        locks = Locks(accounts, self._locks, now)
        counted = f"form:{account_id}"
        locked = await locks.until(counted, request.client)
        if match.number_fits and not locked:
            await locks.succeeded(counted, request.client)
            return account_id
        await locks.failed(counted, request.client)
        return NOBODY

    async def lockout(self, secret: str) -> Lockout:
        """Say whether the account behind the handle is locked, and until when."""
        now = self._clock()
        async with self._database.transaction() as session:
            accounts = AccountRepository(session)
            handle, account = await self._account(accounts, secret, Purpose.LOCKOUT, now)
            if account is None:
                return Lockout(state=LockState.UNKNOWN)
            # Again: a lock may have run out between the verification and the reading.
            self._keep_sample_locked(account, now)
            locked = await Locks(accounts, self._locks, now).until(account.id, handle.client)
            ends = [end for end in (locked, account.locked_until) if end and end > now]
        if not ends:
            return Lockout(state=LockState.OPEN)
        return Lockout(state=LockState.LOCKED, until=max(ends))

    async def features(self, secret: str) -> Features:
        """Say what the registration behind the handle allows."""
        async with self._database.reading() as session:
            accounts = AccountRepository(session)
            _, account = await self._account(accounts, secret, Purpose.FEATURES, self._clock())
        person = self._directory.persons.get(account.id) if account else None
        return Features(registration=person.registration if person else "unknown")

    async def _account(
        self, accounts: AccountRepository, secret: str, purpose: Purpose, now: datetime
    ) -> tuple[Handle, Account | None]:
        """Return the handle and its account; a bad handle is like a decoy, which tells nothing."""
        handle = await accounts.handle(digest(secret))
        if handle is None or handle.purpose != purpose or handle.expires_at <= now:
            handle = Handle(account_id=None, client="")
        return handle, await accounts.account(handle.account_id or NOBODY)

    def _keep_sample_locked(self, account: Account | None, now: datetime) -> None:
        """Lock the sample again when its lock has run out.

        A sample of a locked account that unlocks itself is useless to look at.
        """
        if account is None or not account.stays_locked:
            return
        if account.locked_until is None or account.locked_until <= now:
            account.locked_until = now + self._locks.time
