"""How much one conversation may send."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from api.chat.errors import TooManyRequests
from api.chat.inbox.repository import InboxRepository
from api.kit.clock import Clock


@dataclass(frozen=True)
class MessageLimit:
    """At most `most` messages in `window`; nobody types faster for long."""

    most: int = 60
    window: timedelta = timedelta(minutes=1)

    async def check(
        self, inbox: InboxRepository, conversation_id: str, clock: Clock
    ) -> Sequence[datetime]:
        """Return when messages came in within the window.

        Raises TooManyRequests with the seconds to wait when it is full.
        """
        now = clock()
        recent = await inbox.received_since(conversation_id, now - self.window)
        if len(recent) >= self.most:
            free_again = recent[-self.most] + self.window - now
            raise TooManyRequests(
                f"{len(recent)} messages", retry_after=max(1, int(free_again.total_seconds()) + 1)
            )
        return recent
