"""How much one conversation may send."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from api.chat.errors import TooManyRequests


@dataclass(frozen=True)
class MessageLimit:
    """At most `most` messages in `window`; nobody types faster for long."""

    most: int = 60
    window: timedelta = timedelta(minutes=1)

    def check(self, came: Sequence[datetime], now: datetime) -> Sequence[datetime]:
        """Return when messages came in within the window; `came` are those, perhaps older ones too.

        Raises TooManyRequests with the seconds to wait when it is full.
        """
        recent = [each for each in came if each > now - self.window]
        if len(recent) >= self.most:
            free_again = recent[-self.most] + self.window - now
            raise TooManyRequests(
                f"{len(recent)} messages", retry_after=max(1, int(free_again.total_seconds()) + 1)
            )
        return recent
