"""Both sides of a conversation, and how far somebody has read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from api.chat.conversations.said import Said
from api.chat.inbox.models import DONE, InboxMessage


@dataclass(frozen=True)
class History:
    """Everything in a conversation, or what came since; each side in order."""

    messages: Sequence[InboxMessage]
    said: Sequence[Said]


@dataclass(frozen=True)
class Bookmark:
    """How far somebody has read: the last message's number, the last reply's moment.

    `mark` is what ConversationService.mark says as long as nothing came.
    """

    sequence: int = 0
    said_at: datetime | None = None
    mark: tuple[int, int, int] = (0, 0, 0)

    def moved_by(self, news: History) -> "Bookmark":
        """Return how far it is with the news; these hold all messages that have no outcome yet."""
        numbers = [each.sequence for each in news.messages]
        new = sum(number > self.sequence for number in numbers)
        unfinished = sum(each.status != DONE for each in news.messages)
        messages, _, said = self.mark
        return Bookmark(
            max([self.sequence, *numbers]),
            news.said[-1].reply.created_at if news.said else self.said_at,
            (messages + new, unfinished, said + len(news.said)),
        )
