"""Trackers of the conversations that went on last, so that the next turn replays no events.

Loading a tracker means reading all of its events and replaying them: a quarter of a turn
(docs/performance.md). Only what was saved is kept here, and it is lent to one turn at a time: a
turn that fails leaves nothing behind.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import Any, Callable, NamedTuple, Optional

from rasa.shared.core.trackers import DialogueStateTracker

_MOST, _SECONDS = 256, 600.0


class _Kept(NamedTuple):
    tracker: DialogueStateTracker
    version: Any
    events: int
    at: float


class RecentTrackers:
    """At most `most` trackers, none older than `seconds`."""

    def __init__(
        self,
        most: int = _MOST,
        seconds: float = _SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most, self._seconds, self._clock = most, seconds, clock
        self._kept: OrderedDict[str, _Kept] = OrderedDict()

    def __contains__(self, sender_id: object) -> bool:
        """Say whether there is one, perhaps no longer the table's."""
        return sender_id in self._kept

    def keep(self, tracker: DialogueStateTracker, version: Any) -> None:
        """Keep `tracker`, which is what the table holds at `version`; None stands for no rows."""
        if version is None:
            return
        now = self._clock()
        self._kept[tracker.sender_id] = _Kept(tracker, version, len(tracker.events), now)
        self._kept.move_to_end(tracker.sender_id)
        while len(self._kept) > self._most or self._is_old(next(iter(self._kept.values())), now):
            self._kept.popitem(last=False)

    def take(self, sender_id: str, version: Any) -> Optional[DialogueStateTracker]:
        """Return the tracker if it is still what the table holds; it is not kept any longer."""
        kept = self._kept.pop(sender_id, None)
        if kept is None or kept.version != version or self._is_old(kept, self._clock()):
            return None
        # Somebody may have gone on with it after it was saved, and then failed.
        return kept.tracker if len(kept.tracker.events) == kept.events else None

    def forget(self, sender_id: str) -> None:
        """Drop the tracker of a conversation."""
        self._kept.pop(sender_id, None)

    def _is_old(self, kept: _Kept, now: float) -> bool:
        return now - kept.at > self._seconds
