"""Every platform's way out: gather, hand over."""

from api.channels.contract import Sender
from api.channels.parcels import Parcels
from api.chat.outbox.delivery import Delivered
from api.chat.outbox.models import OutboxReply


class ChannelDelivery:
    """A `Delivery` for the relay, made of a channel's sender."""

    def __init__(self, sender: Sender, parcels: Parcels) -> None:
        self._sender, self._parcels = sender, parcels

    async def deliver(self, item: OutboxReply) -> Delivered:
        """See Delivery.deliver."""
        return await self._sender.send(await self._parcels.of(item))
