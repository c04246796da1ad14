"""A channel's way out, as the relay sees it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from api.chat.inbox.models import InboxMessage
from api.chat.outbox.models import OutboxReply

# The website reads the history itself: what stands there is delivered, and nothing is left to do.
_READS_HISTORY, IN_HISTORY = ("web",), "history"


def reads_history(channel: str) -> bool:
    """Say whether what is written down is delivered there."""
    return channel in _READS_HISTORY


def delivery_of(message: InboxMessage, now: datetime) -> OutboxReply:
    """Return the delivery of the replies to `message`: to be made, or made by being written."""
    made = reads_history(message.channel)
    return OutboxReply(
        message_id=message.id,
        conversation_id=message.conversation_id,
        channel=message.channel,
        created_at=now,
        delivered_at=now if made else None,
        way=IN_HISTORY if made else None,
    )


@dataclass(frozen=True)
class Delivered:
    """The platform has it. `doubtful`: it may have had it before, and nobody can tell."""

    way: str
    doubtful: bool = False


class TryAgain(Exception):
    """Not now. `after` is the wait the platform wants; `taken` that it may have it all the same."""

    def __init__(self, detail: str, *, after: timedelta | None = None, taken: bool = False) -> None:
        super().__init__(detail)
        self.after, self.taken = after, taken


class Instead(Exception):
    """By another way from here on. It is written down before that way is taken, so that whoever
    takes over after a crash knows which of the two may have gone through.
    """

    def __init__(self, way: str, *, doubtful: bool) -> None:
        super().__init__(way)
        self.way, self.doubtful = way, doubtful


class Refused(Exception):
    """Never: the platform will not take this whatever we do. The text is for the log."""


class Delivery(Protocol):
    """Hands replies to a platform."""

    async def deliver(self, item: OutboxReply) -> Delivered:
        """Hand over the replies to one message; raises TryAgain, Instead and Refused.

        `item.begun` says that an earlier try may have gone through. Anything else raised counts
        as TryAgain with `taken`.
        """
        ...
