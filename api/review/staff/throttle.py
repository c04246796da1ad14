"""How often somebody may try to sign in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from api.kit.ids import digest
from api.review.staff.errors import SignInThrottled
from api.review.staff.models import LoginFailure
from api.review.staff.repository import StaffRepository

WINDOW = timedelta(minutes=15)
# An office shares one address; a name belongs to one person.
BY_NAME, BY_ADDRESS = 5, 30


@dataclass(frozen=True)
class Attempt:
    """One try: with which name, from where, when."""

    name: str
    address: str
    now: datetime

    def _keys(self) -> tuple[tuple[str, int], ...]:
        return (
            (digest(f"name:{self.name}"), BY_NAME),
            (digest(f"address:{self.address}"), BY_ADDRESS),
        )

    async def check(self, staff: StaffRepository) -> None:
        """Raise SignInThrottled when it is enough."""
        for key, most in self._keys():
            if await staff.failures(key, self.now - WINDOW) >= most:
                raise SignInThrottled(retry_after=int(WINDOW.total_seconds()))

    async def failed(self, staff: StaffRepository) -> None:
        """Write the failure down."""
        for key, _ in self._keys():
            await staff.add(LoginFailure(key=key, failed_at=self.now))

    async def worked(self, staff: StaffRepository) -> None:
        """Forget the failures with this name."""
        await staff.forgive(self._keys()[0][0])
