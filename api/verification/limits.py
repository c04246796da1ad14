"""How often one browser, or one conversation, may check. Nobody is counted by address."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from api.kit.clock import Clock
from api.verification.errors import TooManyChecks
from api.verification.models import Verification
from api.verification.repository import VerificationRepository

# (most, in this time): checks of any kind, and wishes for a new code.
_CHECKS = ((10, timedelta(minutes=10)),)
_RESENDS = ((1, timedelta(minutes=1)), (3, timedelta(hours=1)))
_RULES = {"otp_resend": _RESENDS}


async def check(
    verifications: VerificationRepository, wanted: Verification, browser: str, clock: Clock
) -> None:
    """Raise TooManyChecks, with the seconds to wait, where one more would be too many.

    The same for everybody: what is counted are uses of the form, not their results.
    """
    now = clock()
    for most, window in _RULES.get(wanted.purpose, _CHECKS):
        for column, value in (
            ("conversation_id", wanted.conversation_id),
            ("browser", browser),
        ):
            used = await verifications.used_since(column, value, wanted.purpose, now - window)
            _refuse_beyond(most, window, used, now)


def _refuse_beyond(most: int, window: timedelta, used: Sequence[datetime], now: datetime) -> None:
    if len(used) >= most:
        free_again = used[-most] + window - now
        raise TooManyChecks(retry_after=max(1, int(free_again.total_seconds()) + 1))
