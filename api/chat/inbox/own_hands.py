"""Who answers a message in the process that accepts it, as the inbox sees them."""

from typing import Protocol

from api.chat.inbox.models import InboxMessage


class OwnHands(Protocol):
    """Takes a message before it is written down, and begins once it is."""

    def free_for(self, message: InboxMessage) -> bool:
        """Say whether we could answer a new message; False leaves it to the workers."""
        ...

    def take(self, message: InboxMessage) -> None:
        """Mark it as in our hands; nobody of the staff holds its conversation."""
        ...

    def begin(self, message: InboxMessage) -> None:
        """Answer what was taken and is written down now; returns without waiting."""
        ...


class NoHands:
    """Leaves every message to the workers."""

    def free_for(self, message: InboxMessage) -> bool:
        """Say no."""
        return False

    def take(self, message: InboxMessage) -> None:
        """Never called: nothing is free."""

    def begin(self, message: InboxMessage) -> None:
        """Never called: nothing was taken."""
