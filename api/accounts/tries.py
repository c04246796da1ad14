"""Failures and the locks they lead to: counted for each browser, with a ceiling for all."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from api.accounts.models import Tries
from api.accounts.repository import AccountRepository

# Stands for everybody's browsers together, and for login ids that belong to nobody.
EVERYBODY, NOBODY = "*", "-"


@dataclass(frozen=True)
class LockRules:
    """After how many failures of one browser, or of all together, and for how long."""

    after: int
    ceiling: int
    time: timedelta


class Locks:
    """Counts in the database, so that a restart forgives nothing."""

    def __init__(self, accounts: AccountRepository, rules: LockRules, now: datetime) -> None:
        self._accounts, self._rules, self._now = accounts, rules, now

    async def until(self, account_id: str, client: str) -> datetime | None:
        """Return until when this browser cannot log in to the account; None if it can."""
        rows = [await self._row(account_id, each) for each in (client, EVERYBODY)]
        ends = [row.locked_until for row in rows if row.locked_until]
        return max((end for end in ends if end > self._now), default=None)

    async def failed(self, account_id: str, client: str) -> None:
        """Count a failure; lock where it was one too many."""
        for each, most in ((client, self._rules.after), (EVERYBODY, self._rules.ceiling)):
            row = await self._row(account_id, each)
            row.failures += 1
            if row.failures >= most:
                row.failures, row.locked_until = 0, self._now + self._rules.time

    async def succeeded(self, account_id: str, client: str) -> None:
        """Forget this browser's failures."""
        (await self._row(account_id, client)).failures = 0

    async def _row(self, account_id: str, client: str) -> Tries:
        found = await self._accounts.tries(account_id, client)
        if found is None:
            found = Tries(account_id=account_id, client=client, failures=0, locked_until=None)
            await self._accounts.add(found)
        return found
