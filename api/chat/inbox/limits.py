"""How much one conversation may send, and how fast it is answered."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from api.chat.errors import TooManyRequests

# Between two answers of one conversation that sends faster than it is answered: who floods takes
# a small part of the machine, and who sends three lines in a row does not notice.
BREATH = timedelta(seconds=0.25)


class Came(NamedTuple):
    """An earlier message of a conversation; `due` is when it may be worked on, None if it was."""

    sequence: int
    at: datetime
    due: datetime | None


@dataclass(frozen=True)
class MessageLimit:
    """At most `most` messages in `window`; nobody types faster for long."""

    most: int = 60
    window: timedelta = timedelta(minutes=1)

    def check(self, came: Sequence[Came], now: datetime) -> Sequence[datetime]:
        """Return when messages came in within the window; `came` are those, perhaps older ones too.

        Raises TooManyRequests with the seconds to wait when it is full.
        """
        recent = [each.at for each in came if each.at > now - self.window]
        if len(recent) >= self.most:
            free_again = recent[-self.most] + self.window - now
            raise TooManyRequests(
                f"{len(recent)} messages", retry_after=max(1, int(free_again.total_seconds()) + 1)
            )
        return recent


@dataclass
class Refusals:
    """Who was refused and until when, so that a flood costs no transaction for each message."""

    _until: dict[str, datetime] = field(default_factory=dict)

    def check(self, conversation_id: str, now: datetime) -> None:
        """Raise TooManyRequests where the time that was told has not passed."""
        until = self._until.get(conversation_id)
        if until is not None and now < until:
            left = (until - now).total_seconds()
            raise TooManyRequests("refused before", retry_after=max(1, int(left) + 1))

    def note(self, conversation_id: str, refusal: TooManyRequests, now: datetime) -> None:
        """Remember a refusal; what has passed is dropped."""
        self._until = {of: until for of, until in self._until.items() if now < until}
        self._until[conversation_id] = now + timedelta(seconds=refusal.retry_after or 1)


def put_off(came: Sequence[Came], until: datetime | None) -> datetime | None:
    """Return from when a message may be worked on that came after `came`; None for at once.

    `until` is what else it has to wait for.
    """
    waiting = [each.due for each in came if each.due is not None]
    breath = waiting[-1] + BREATH if waiting else None
    return max((each for each in (breath, until) if each is not None), default=None)
