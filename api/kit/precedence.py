"""Who writes first where several processes share a SQLite file.

A lock file beside it, held together by those somebody waits for as long as they write or wait to
write; whoever is patient looks whether it is free before each transaction. It only orders: SQLite's
own lock keeps them apart. https://man7.org/linux/man-pages/man2/flock.2.html
"""

import asyncio
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PAUSE_SECONDS = 0.005
# Nobody is kept waiting for longer, however much comes in: what is accepted has to be answered.
_LONGEST_SECONDS = 0.1


class Precedence:
    """This process's hand on the lock file."""

    def __init__(self, database: Path | None) -> None:
        """`database` is the file that the processes share; without one nobody waits."""
        self._path = database and database.with_name(f"first-{database.name}")
        self._file = -1
        self._writers = 0

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Go before the patient ones until the block ends; without the file, do as all do."""
        self._writers += 1
        self._lock(fcntl.LOCK_SH)
        try:
            yield
        finally:
            self._writers -= 1
            if not self._writers:
                self._lock(fcntl.LOCK_UN)

    async def given(self) -> None:
        """Return once nobody wants to go before, or after a tenth of a second."""
        loop = asyncio.get_running_loop()
        last = loop.time() + _LONGEST_SECONDS
        # Another process holds it: there is no event to wait for.
        while not self._free() and loop.time() < last:  # noqa: ASYNC110
            await asyncio.sleep(_PAUSE_SECONDS)

    def close(self) -> None:
        """Give the file back."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def _free(self) -> bool:
        if not self._lock(fcntl.LOCK_EX):
            return False
        self._lock(fcntl.LOCK_UN)
        return True

    def _lock(self, way: int) -> bool:
        """Return False where somebody else holds it; without a file nobody does."""
        if self._path is None:
            return True
        try:
            if self._file < 0:
                self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._file, way | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return True
