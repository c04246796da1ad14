from pathlib import Path

import pytest
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.tracker_store import PrivateTrackerStore

PRIVATE = {"answer": "lock_check_result", "private": True, "values": {"state": "locked"}}


@pytest.fixture
def saved(tmp_path: Path):
    async def save(*events) -> str:
        store = PrivateTrackerStore(Domain.empty(), host=f"sqlite:///{tmp_path}/t.db")
        await store.save(DialogueStateTracker.from_events("c-1", list(events)))
        store.engine.dispose()
        return in_files(tmp_path)

    return save


def in_files(folder: Path) -> str:
    """Return all that stands in the database's files, its log among them."""
    return "".join(each.read_bytes().decode("utf-8", "ignore") for each in folder.glob("t.db*"))


async def test_a_private_answer_leaves_no_values(saved) -> None:
    assert "locked" not in await saved(BotUttered(data={"custom": PRIVATE}))


async def test_a_private_answer_keeps_its_id(saved) -> None:
    assert "lock_check_result" in await saved(BotUttered(data={"custom": PRIVATE}))


async def test_a_grant_is_never_written(saved) -> None:
    uttered = UserUttered("/verified_lockout", metadata={"event_id": "m-1", "grant": "handle-42"})
    assert "handle-42" not in await saved(uttered)


async def test_the_event_id_is_written(saved) -> None:
    assert "m-1" in await saved(UserUttered("x", metadata={"event_id": "m-1", "grant": None}))


async def test_the_answer_on_its_way_out_keeps_its_values(saved) -> None:
    on_its_way = dict(PRIVATE)
    await saved(BotUttered(data={"custom": on_its_way}))
    assert on_its_way["values"] == {"state": "locked"}


def said(number: int) -> list[Event]:
    """Return the events of one turn: heard, answered, listening again."""
    return [
        UserUttered(f"m{number}"), BotUttered(f"r{number}"), ActionExecuted(ACTION_LISTEN_NAME),
    ]  # fmt: skip


async def talk(store: PrivateTrackerStore, turns: int) -> DialogueStateTracker:
    """Load, go on and save, turn by turn."""
    for number in range(turns):
        tracker = await store.get_or_create_tracker("c-1")
        for event in said(number):
            tracker.update(event)
        await store.save(tracker)
    loaded = await store.retrieve("c-1")
    assert loaded is not None
    return loaded


@pytest.fixture
def store(tmp_path: Path) -> PrivateTrackerStore:
    return PrivateTrackerStore(Domain.empty(), host=f"sqlite:///{tmp_path}/t.db")


async def test_each_event_is_written_once(store: PrivateTrackerStore) -> None:
    loaded = await talk(store, 3)
    heard = [event.text for event in loaded.events if isinstance(event, UserUttered)]
    assert heard == ["m0", "m1", "m2"]


async def test_a_tracker_saved_again_without_loading_gets_only_what_is_new(
    store: PrivateTrackerStore,
) -> None:
    tracker = await talk(store, 1)
    tracker.update(UserUttered("later"))
    await store.save(tracker)
    await store.save(tracker)
    loaded = await store.retrieve("c-1")
    assert loaded is not None
    assert [e.text for e in loaded.events if isinstance(e, UserUttered)] == ["m0", "later"]


async def test_a_long_talk_is_cut_to_its_latest_turns(store: PrivateTrackerStore) -> None:
    loaded = await talk(store, 60)
    assert len(loaded.events) <= 104 + 3
    assert [e.text for e in loaded.events if isinstance(e, UserUttered)][-1] == "m59"


async def test_what_is_erased_is_in_no_file(store: PrivateTrackerStore, tmp_path: Path) -> None:
    tracker = await store.get_or_create_tracker("c-1")
    tracker.update(UserUttered("forget-me"))
    await store.save(tracker)
    assert "forget-me" in in_files(tmp_path)
    await store.erase("c-1")
    assert "forget-me" not in in_files(tmp_path)


async def test_what_is_kept_begins_with_a_turn(store: PrivateTrackerStore) -> None:
    loaded = await talk(store, 60)
    assert isinstance(loaded.events[0], ActionExecuted)
