"""What a check finds."""

import contextlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Check = Callable[[], Iterator["Finding"]]


@dataclass(frozen=True)
class Finding:
    """A sentence about one part: that it is well, or what is wrong and what to do."""

    part: str
    well: bool
    sentence: str

    def __str__(self) -> str:
        return f"{'OK   ' if self.well else 'WRONG'} {self.part:<9} {self.sentence}"


def well(part: str, sentence: str) -> Finding:
    """Return that nothing is wrong."""
    return Finding(part, True, sentence)


def wrong(part: str, sentence: str) -> Finding:
    """Return what is wrong and what to do."""
    return Finding(part, False, sentence)


def refusal(step: Callable[[], object]) -> str:
    """Return the sentence with which a step of `make up` gives up; empty when it does not."""
    said = io.StringIO()
    with contextlib.redirect_stderr(said):
        try:
            step()
        except SystemExit:
            return said.getvalue().strip()
    return ""
