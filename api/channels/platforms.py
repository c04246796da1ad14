"""Put the other platforms together: what comes in through them, what goes out, what runs beside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from api.channels.contract import Channel, House, Way
from api.channels.delivery import ChannelDelivery
from api.channels.line.back import back_link
from api.channels.parcels import Parcels
from api.channels.reception import Reception
from api.chat.conversations.service import ConversationService
from api.chat.inbox.service import InboxService
from api.chat.outbox.delivery import Delivery
from api.privacy.erasure.service import ErasureService
from api.privacy.erasure.withdrawal import Withdrawals


@dataclass(frozen=True)
class Platforms:
    """The platforms that are set up, by name, and what they share.

    `back_links` lead from a page of ours back into the talk.
    """

    ways: Mapping[str, Way]
    deliveries: Mapping[str, Delivery]
    reception: Reception
    back_links: Mapping[str, str]


def connect(
    channels: Sequence[Channel],
    house: House,
    parcels: Parcels,
    conversations: ConversationService,
    inbox: InboxService,
    erasure: ErasureService,
) -> Platforms:
    """Build each channel that is set up."""
    built = {channel.name: channel.build(house) for channel in channels}
    ways = {name: way for name, way in built.items() if way is not None}
    reception = Reception(
        conversations,
        inbox,
        erasure,
        Withdrawals(house.database, inbox, house.clock),
        house.seal,
        timedelta(seconds=house.settings.settle_seconds),
    )
    deliveries = {name: ChannelDelivery(way.sender, parcels) for name, way in ways.items()}
    return Platforms(ways, deliveries, reception, _back_links(house))


def _back_links(house: House) -> dict[str, str]:
    basic_id = house.settings.line_basic_id
    return {"line": back_link(basic_id, house.words["line_back_text"])} if basic_id else {}
