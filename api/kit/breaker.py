"""Stop asking who does not answer, and look again after a while."""

from datetime import datetime, timedelta

from api.kit.clock import Clock

_FAILURES = 5
_REST = timedelta(seconds=3)


class Breaker:
    """Opens after some failures in a row; then lets one try through at a time, a rest apart."""

    def __init__(self, clock: Clock, failures: int = _FAILURES, rest: timedelta = _REST) -> None:
        self._clock, self._failures, self._rest = clock, failures, rest
        self._in_a_row = 0
        self._next_try: datetime | None = None

    @property
    def open(self) -> bool:
        """Say whether to leave it alone now; looking costs nothing."""
        now = self._clock()
        # A try that lies further ahead than a rest was noted before the clock was set back.
        return self._next_try is not None and now < self._next_try <= now + self._rest

    def allow(self) -> bool:
        """Say whether a try may be made now; while it is open, that one counts as the probe."""
        if self.open:
            return False
        if self._in_a_row >= self._failures:
            self._next_try = self._clock() + self._rest
        return True

    def succeeded(self) -> None:
        """Note an answer: all is well again."""
        self._in_a_row, self._next_try = 0, None

    def failed(self) -> None:
        """Note a try without an answer."""
        self._in_a_row += 1
        if self._in_a_row >= self._failures:
            self._next_try = self._clock() + self._rest
