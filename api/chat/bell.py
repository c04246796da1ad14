"""Wakes those who wait in this process. Missing a ring costs a poll, never a message."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

# What is rung about besides conversations: there is something to answer, something to deliver.
INBOX, OUTBOX = "inbox", "outbox"
# How much longer one may wait for a ring where those of other processes are heard too.
_PATIENT = 5


class Ear:
    """Hears a ring also while its owner is looking elsewhere."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Let whoever listens go on."""
        self._rung.set()

    async def next_ring(self, seconds: float) -> bool:
        """Return at a ring since the last call, or after `seconds`; say whether it rang."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._rung.wait(), seconds)
        rang = self._rung.is_set()
        self._rung.clear()
        return rang


class Bell:
    """Rings about one thing (a conversation, as a rule), or about everything."""

    def __init__(self) -> None:
        self._ears: defaultdict[str, set[Ear]] = defaultdict(set)
        # Set by whoever tells other processes; and whether theirs are heard here at present.
        self.tell_others: Callable[[str], None] = _nobody
        self.hears_others = False

    def ring(self, *about: str) -> None:
        """Wake who waits for one of `about` and who waits for anything, here and elsewhere."""
        for each in about:
            self.heard(each)
            self.tell_others(each)

    def heard(self, about: str = "") -> None:
        """Wake who waits in this process; without `about`, everybody."""
        for name in {about, ""} if about else [*self._ears]:
            for ear in self._ears.get(name, ()):
                ear.ring()

    @contextmanager
    def listening(self, about: str = "") -> Iterator[Ear]:
        """Yield an ear for what is rung about `about`, or about anything."""
        ear = Ear()
        self._ears[about].add(ear)
        try:
            yield ear
        finally:
            self._ears[about].discard(ear)
            if not self._ears[about]:
                del self._ears[about]

    def patience(self, seconds: float, times: float = _PATIENT) -> float:
        """Return how long to wait for a ring before looking oneself: `seconds`, and as many times
        that where other processes are heard.
        """
        return seconds * times if self.hears_others else seconds


def _nobody(_about: str) -> None:
    return
