"""What came of a message."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from api.chat.conversations.said import Said
from api.chat.rendering import Rendered


@dataclass(frozen=True)
class Finished:
    """The outcome, the replies as they were written down, and all words, private ones included."""

    outcome: str
    said: Sequence[Said] = ()
    rendered: Sequence[Rendered] = field(default=(), repr=False)
