"""Who spoke last, so that each message of a talk is not a look into the table of conversations."""

from collections import OrderedDict
from datetime import datetime, timedelta

from api.chat.conversations.models import Conversation

_MOST, _LIFE = 1000, timedelta(minutes=10)


class RecentConversations:
    """At most a thousand, none longer than ten minutes.

    One of them may have been erased meanwhile: only for what the table refuses then.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[datetime, Conversation]] = OrderedDict()

    def keep(self, conversation: Conversation, now: datetime) -> None:
        """Remember it as it was just read."""
        self._kept[conversation.id] = (now + _LIFE, conversation)
        self._kept.move_to_end(conversation.id)
        while len(self._kept) > _MOST or next(iter(self._kept.values()))[0] <= now:
            self._kept.popitem(last=False)

    def get(self, conversation_id: str, now: datetime) -> Conversation | None:
        """Return it where it was read lately."""
        until, found = self._kept.get(conversation_id, (now, None))
        return found if now < until else None
