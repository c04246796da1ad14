"""The tracker store: Rasa's SQL store, without what belongs to one person only."""

from __future__ import annotations

from typing import Any, Dict

from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.constants import SESSION_START_METADATA_SLOT
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

PRIVATE_METADATA = ("grant",)


def _without_grant(metadata: Dict[str, Any]) -> Dict[str, Any]:
    return {key: value for key, value in metadata.items() if key not in PRIVATE_METADATA}


def _without_private_parts(event: Event) -> None:
    """Drop a private answer's values and a grant (a handle on somebody's account).

    Rasa writes a message's metadata in three places. New dictionaries are put in place of the
    old ones: the answer on its way to the gateway still holds the same objects.
    """
    if isinstance(event, BotUttered):
        custom = event.data.get("custom") or {}
        if custom.get("private"):
            event.data = {**event.data, "custom": {**custom, "values": {}}}
    elif isinstance(event, UserUttered):
        event.metadata = _without_grant(event.metadata)
        event.parse_data = {**event.parse_data, "metadata": event.metadata}
    elif isinstance(event, SlotSet) and event.key == SESSION_START_METADATA_SLOT:
        event.value = _without_grant(event.value or {})


class PrivateTrackerStore(SQLTrackerStore):
    """Saves trackers with the private parts removed."""

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write the new events of `tracker`; raises what the database raises."""
        for event in tracker.events:
            _without_private_parts(event)
        await super().save(tracker)
