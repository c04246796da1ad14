"""Who answers a message in the process that accepts it, as the inbox sees them."""

from typing import Protocol

from api.chat.inbox.models import InboxMessage


class OwnHands(Protocol):
    """Takes a message before it is written down, and begins once it is."""

    def take(self, message: InboxMessage) -> bool:
        """Mark a new message as in our hands; False leaves it to the workers."""
        ...

    def begin(self, message: InboxMessage) -> None:
        """Answer what was taken and is written down now; returns without waiting."""
        ...


class NoHands:
    """Leaves every message to the workers."""

    def take(self, message: InboxMessage) -> bool:
        """Take nothing."""
        return False

    def begin(self, message: InboxMessage) -> None:
        """Never called: nothing was taken."""
