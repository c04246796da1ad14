"""The web channel's way out: the reply is in the history; whoever waits is woken.

Deliveries of this channel are made by being written; this is for those of an older version.
"""

from api.chat.bell import Bell
from api.chat.outbox.delivery import IN_HISTORY, Delivered
from api.chat.outbox.models import OutboxReply


class WebDelivery:
    """Nothing leaves the house: the widget asks."""

    def __init__(self, bell: Bell) -> None:
        self._bell = bell

    async def deliver(self, item: OutboxReply) -> Delivered:
        """Wake the requests that wait for this conversation."""
        self._bell.ring(item.conversation_id)
        return Delivered(IN_HISTORY)
