"""The tracker store: Rasa's SQL store, without what belongs to one person only."""

from __future__ import annotations

import itertools
import json
from typing import Any, Dict, Iterator, Optional

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, SESSION_START_METADATA_SLOT
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT_NAME_KEY

from bot.recent_trackers import RecentTrackers

PRIVATE_METADATA = ("grant",)
# About ten turns: longer than any question stays open. Only what has grown beyond it by some turns
# is cut, as looking for where to cut takes as long as writing a turn does.
MOST_EVENTS, _LONGEST = 80, 104
# Put together once: SQLAlchemy takes longer to build a statement than SQLite to answer it.
_EVENTS = SQLTrackerStore.SQLEvent.__table__
_INSERT = sa.insert(_EVENTS)
_NEWEST = (
    sa.select(_EVENTS.c.id, _EVENTS.c.timestamp)
    .where(_EVENTS.c.sender_id == sa.bindparam("sender"))
    .order_by(_EVENTS.c.id.desc())
    .limit(1)
)
# How many of a tracker's events the table has, noted on the tracker.
_STORED = "_helpbot_stored"


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


def _without_grant_in_memory(tracker: DialogueStateTracker) -> None:
    """Do for the slot what was done for its event, as if the tracker had been loaded."""
    slot = tracker.slots.get(SESSION_START_METADATA_SLOT)
    if slot is not None and slot.value:
        slot.value = _without_grant(slot.value)


def _prepare(connection: Any, _record: Any) -> None:
    # A log to write on to takes a third of the time of a journal that is made and deleted anew;
    # FULL, as everywhere here: what was saved survives a power cut.
    for pragma in ("secure_delete=ON", "journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


class PrivateTrackerStore(SQLTrackerStore):
    """Saves trackers with the private parts removed, and only their latest events."""

    engine: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.engine.dialect.name == "sqlite":
            self._keep_the_file_open()
        self._recent = RecentTrackers()

    def _keep_the_file_open(self) -> None:
        """Use one connection for all turns: by default each of a turn's two sessions opens a file
        anew, and reads its tables' names.
        """
        self.engine.dispose()
        engine = sa.create_engine(self.engine.url, poolclass=sa.pool.SingletonThreadPool)
        sa.event.listen(engine, "connect", _prepare)
        self.engine, self.sessionmaker = engine, sa.orm.session.sessionmaker(bind=engine)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write the new events of `tracker`; raises what the database raises."""
        for event in itertools.islice(tracker.events, getattr(tracker, _STORED, 0), None):
            _without_private_parts(event)
        _without_grant_in_memory(tracker)
        with self.session_scope() as session:
            rows = [
                self._row(tracker, event) for event in self._additional_events(session, tracker)
            ]
            if rows:
                # Without an object for each: half the time of Rasa's own way.
                session.connection().execute(_INSERT, rows)
            version = self._version(session, tracker.sender_id)
            session.commit()
        setattr(tracker, _STORED, len(tracker.events))
        if len(tracker.events) > _LONGEST:
            self._shorten(tracker.sender_id)
        else:
            self._recent.keep(tracker, version)

    def _row(self, tracker: DialogueStateTracker, event: Event) -> Dict[str, Any]:
        """Return an event as Rasa's own `save` writes it."""
        data = event.as_dict()
        return {
            "sender_id": tracker.sender_id,
            "type_name": event.type_name,
            "timestamp": data.get("timestamp"),
            "intent_name": data.get("parse_data", {}).get("intent", {}).get(INTENT_NAME_KEY),
            "action_name": data.get("name"),
            "data": json.dumps(data),
        }

    async def retrieve(self, sender_id: str) -> Optional[DialogueStateTracker]:
        """Return the tracker as it was saved, or None."""
        tracker = self._recall(sender_id)
        if tracker is None:
            tracker = await super().retrieve(sender_id)
        if tracker is not None:
            setattr(tracker, _STORED, len(tracker.events))
        return tracker

    def _recall(self, sender_id: str) -> Optional[DialogueStateTracker]:
        if sender_id not in self._recent:
            return None
        with self.session_scope() as session:
            return self._recent.take(sender_id, self._version(session, sender_id))

    def _version(self, session: Any, sender_id: str) -> Any:
        """Return what changes with each save and each erasure, in whichever process, and with
        another model, whose slots may be others.
        """
        newest = session.connection().execute(_NEWEST, {"sender": sender_id}).first()
        return newest and (*newest, id(self.domain))

    def _additional_events(self, session: Any, tracker: DialogueStateTracker) -> Iterator[Event]:
        """Return what is new in `tracker`, without counting rows where that is known."""
        stored = getattr(tracker, _STORED, None)
        if stored is None:
            return super()._additional_events(session, tracker)
        return itertools.islice(tracker.events, stored, None)

    def _event_query(self, session: Any, *args: Any, **kwargs: Any) -> Any:
        """Ask for what is read of each event, and for no object around it."""
        query = super()._event_query(session, *args, **kwargs)
        return query.with_entities(self.SQLEvent.data)

    def _shorten(self, sender_id: str) -> None:
        """Delete the oldest events, up to the beginning of a turn.

        The whole tracker is loaded, replayed and posted to the action server each turn: without
        an end to it, turn 300 costs ten times what turn 10 does.
        """
        event = self.SQLEvent
        with self.session_scope() as session:
            mine = session.query(event.id).filter(event.sender_id == sender_id)
            newest = mine.order_by(event.id.desc()).limit(MOST_EVENTS).subquery()
            begins = mine.filter(event.action_name == ACTION_LISTEN_NAME)
            first = begins.filter(event.id.in_(sa.select(newest.c.id))).order_by(event.id).first()
            if first:
                old = session.query(event).filter(event.sender_id == sender_id)
                old.filter(event.id < first.id).delete(synchronize_session=False)
            session.commit()

    async def erase(self, sender_id: str) -> None:
        """Forget a conversation altogether."""
        self._recent.forget(sender_id)
        with self.session_scope() as session:
            mine = session.query(self.SQLEvent).filter(self.SQLEvent.sender_id == sender_id)
            mine.delete(synchronize_session=False)
            session.commit()
            if self.engine.dialect.name == "sqlite":
                # Deleted pages are overwritten in the file, but stay in the log until it is cut.
                session.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))
