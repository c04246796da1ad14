"""What a rule hands back."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

SHIELD = ""  # the kind of what must stay as it is and be left alone by later rules


@dataclass(frozen=True)
class Found:
    """A stretch of the folded text. `value` is equal for two spellings of one secret."""

    start: int
    end: int
    kind: str
    value: str


Rule = Callable[[str], Iterator[Found]]


def distinct(found: Iterable[Found]) -> Iterator[Found]:
    """Yield from left to right, the longest first, without what overlaps an earlier one."""
    done = 0
    for item in sorted(found, key=lambda item: (item.start, -item.end)):
        if item.start >= done:
            done = item.end
            yield item
