"""Suites that run side by side on one machine: whoever takes times is alone meanwhile."""

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def turn(path: Path, *, alone: bool) -> Iterator[None]:
    """Wait for one's turn and keep it for the block: together with others, or `alone`.

    `path` is a file that all know; it and one beside it are locked, never written. Everybody
    stands in one line: without it those who come together would let nobody be alone.
    """
    with path.with_suffix(".line").open("w") as line, path.open("w") as room:
        fcntl.flock(line, fcntl.LOCK_EX)
        fcntl.flock(room, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        fcntl.flock(line, fcntl.LOCK_UN)
        yield
