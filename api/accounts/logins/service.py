"""The rules of logging in and of sending a code again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from api.accounts.directory import Directory, Person
from api.accounts.errors import LoginRefused
from api.accounts.logins.codes import Codes
from api.accounts.models import Challenge, Handle, Resend
from api.accounts.post.office import PostOffice
from api.accounts.repository import AccountRepository
from api.accounts.schemas import LoggedIn, Login, LoginRequest, Purpose, ResendAccepted
from api.accounts.tries import NOBODY, LockRules, Locks
from api.kit.clock import Clock
from api.kit.database import Database
from api.kit.ids import digest, new_token

# A code of six digits allows few guesses; after them the login has to begin anew.
_GUESSES = 5
_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class OtpRules:
    """How long a code lives, and how often one is sent again."""

    life: timedelta
    pause: timedelta
    an_hour: int


class LoginService:
    """One method a use case, each in one transaction that is committed before it returns."""

    def __init__(
        self,
        database: Database,
        directory: Directory,
        codes: Codes,
        post: PostOffice,
        locks: LockRules,
        rules: OtpRules,
        clock: Clock,
    ) -> None:
        self._database, self._directory, self._codes = database, directory, codes
        self._post, self._locks, self._rules, self._clock = post, locks, rules, clock

    async def login(self, request: LoginRequest) -> Login:
        """Open a challenge and mail its code.

        Raises LoginRefused, the same for an unknown id, a wrong password and a lock.
        """
        now, found = self._clock(), self._directory.login(request.login_id, request.password)
        person = found.person if found.number_fits else None
        account_id = found.person.id if found.person else NOBODY
        secret, code = new_token(), self._codes.new()
        async with self._database.transaction() as session:
            accounts = AccountRepository(session)
            locks = Locks(accounts, self._locks, now)
            locked = await locks.until(account_id, request.client)
            if person and not locked:
                await locks.succeeded(account_id, request.client)
                await accounts.add(self._challenge(person, digest(secret), code, now))
            else:
                await locks.failed(account_id, request.client)
        if person is None or locked:
            raise LoginRefused("login")
        self._post.send(person, code)
        return Login(login=secret, expires_in=int(self._rules.life.total_seconds()))

    async def enter(self, secret: str, code: str) -> LoggedIn:
        """Use the code up; raises LoginRefused for everything but the newest code in time."""
        now = self._clock()
        async with self._database.transaction() as session:
            accounts = AccountRepository(session)
            challenge = await accounts.challenge(digest(secret))
            good = challenge is not None and self._fits(challenge, code, now)
            if challenge and (good or challenge.failures >= _GUESSES):
                await accounts.drop(challenge)
        if not good:
            raise LoginRefused("code")
        return LoggedIn()

    def _fits(self, challenge: Challenge, code: str, now: datetime) -> bool:
        challenge.failures += 1
        fits = self._codes.fits(challenge.digest, code, challenge.code_digest)
        return fits and challenge.expires_at > now and challenge.failures <= _GUESSES

    async def resend(self, handle_secret: str, key: str) -> ResendAccepted:
        """Send a new code for an open login; the same answer, once a key, whoever asks.

        The code before it is dead then. Too soon or too often: nothing is sent.
        """
        now, code = self._clock(), self._codes.new()
        handle_digest = digest(handle_secret)
        key_digest = digest(f"{handle_digest}:{key}")
        async with self._database.transaction() as session:
            accounts = AccountRepository(session)
            if await accounts.resend(key_digest):
                return ResendAccepted()
            person = self._person(await accounts.handle(handle_digest), now)
            sent = person is not None and await self._renew(accounts, person, code, now)
            await accounts.add(
                Resend(
                    key_digest=key_digest,
                    account_id=person.id if person else None,
                    sent=sent,
                    at=now,
                )
            )
        if person and sent:
            self._post.send(person, code)
        return ResendAccepted()

    def _person(self, handle: Handle | None, now: datetime) -> Person | None:
        if handle is None or handle.purpose != Purpose.OTP_RESEND or handle.expires_at <= now:
            return None
        return self._directory.persons.get(handle.account_id or "")

    async def _renew(
        self, accounts: AccountRepository, person: Person, code: str, now: datetime
    ) -> bool:
        """Put a new code in place of the old one; say whether it may be sent."""
        recent = await accounts.sent_since(person.id, now - self._rules.pause)
        in_hour = await accounts.sent_since(person.id, now - _HOUR)
        challenge = await accounts.open_challenge(person.id, now)
        if challenge is None and person.awaits_code:
            # A sample of somebody who waits for a code, whenever it is looked at.
            challenge = self._challenge(person, digest(new_token()), code, now)
            await accounts.add(challenge)
        if challenge is None or recent or in_hour >= self._rules.an_hour:
            return False
        challenge.code_digest = self._codes.digest(challenge.digest, code)
        challenge.expires_at = now + self._rules.life
        return True

    def _challenge(self, person: Person, secret: str, code: str, now: datetime) -> Challenge:
        return Challenge(
            digest=secret,
            account_id=person.id,
            code_digest=self._codes.digest(secret, code),
            failures=0,
            opened_at=now,
            expires_at=now + self._rules.life,
        )
