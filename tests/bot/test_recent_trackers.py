"""A tracker that is kept in memory is the one that loading would give."""

from pathlib import Path

import pytest
from rasa.shared.core.constants import ACTION_LISTEN_NAME, SESSION_START_METADATA_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker

from bot.recent_trackers import RecentTrackers
from bot.tracker_store import PrivateTrackerStore

PRIVATE = {"answer": "lock_check_result", "private": True, "values": {"state": "locked"}}


def open_store(folder: Path) -> PrivateTrackerStore:
    domain = Domain.empty()
    domain.slots = [AnySlot(SESSION_START_METADATA_SLOT, mappings=[{}])]
    return PrivateTrackerStore(domain, host=f"sqlite:///{folder}/t.db")


@pytest.fixture
def store(tmp_path: Path) -> PrivateTrackerStore:
    return open_store(tmp_path)


async def turn(store: PrivateTrackerStore, text: str) -> DialogueStateTracker:
    """Go on with the conversation, a grant and private words included, and save."""
    metadata = {"event_id": text, "grant": "handle-42"}
    tracker = await store.get_or_create_tracker("c-1")
    for event in (
        SlotSet(SESSION_START_METADATA_SLOT, dict(metadata)),
        UserUttered(text, metadata=metadata),
        BotUttered(data={"custom": dict(PRIVATE)}),
        ActionExecuted(ACTION_LISTEN_NAME),
    ):
        tracker.update(event)
    await store.save(tracker)
    return tracker


async def heard(store: PrivateTrackerStore) -> list[str]:
    tracker = await store.retrieve("c-1")
    return [each.text for each in tracker.events if isinstance(each, UserUttered)]


async def test_the_next_turn_loads_nothing(store: PrivateTrackerStore) -> None:
    saved = await turn(store, "one")
    assert await store.retrieve("c-1") is saved


async def test_what_is_kept_is_what_is_loaded(store: PrivateTrackerStore, tmp_path: Path) -> None:
    await turn(store, "one")
    await turn(store, "two")
    kept, loaded = await store.retrieve("c-1"), await open_store(tmp_path).retrieve("c-1")
    assert kept.as_dialogue().as_dict() == loaded.as_dialogue().as_dict()
    assert kept.current_slot_values() == loaded.current_slot_values()


async def test_a_kept_tracker_has_no_grant(store: PrivateTrackerStore) -> None:
    await turn(store, "one")
    tracker = await store.retrieve("c-1")
    assert "handle-42" not in str(tracker.current_slot_values())
    assert "grant" not in tracker.latest_message.metadata


async def test_what_another_process_wrote_is_seen(
    store: PrivateTrackerStore, tmp_path: Path
) -> None:
    await turn(store, "one")
    await turn(open_store(tmp_path), "two")
    assert await heard(store) == ["one", "two"]


async def test_what_another_process_erased_is_gone(
    store: PrivateTrackerStore, tmp_path: Path
) -> None:
    await turn(store, "one")
    await open_store(tmp_path).erase("c-1")
    assert await store.retrieve("c-1") is None


async def test_what_is_erased_is_in_no_memory(store: PrivateTrackerStore) -> None:
    await turn(store, "one")
    await store.erase("c-1")
    assert "c-1" not in store._recent


async def test_a_turn_that_failed_leaves_nothing(store: PrivateTrackerStore) -> None:
    await turn(store, "one")
    failed = await store.retrieve("c-1")
    failed.update(UserUttered("lost"))
    assert await heard(store) == ["one"]


async def test_who_goes_on_after_saving_and_fails_leaves_nothing(
    store: PrivateTrackerStore,
) -> None:
    saved = await turn(store, "one")
    saved.update(UserUttered("lost"))
    assert await heard(store) == ["one"]


async def test_a_new_tracker_that_is_not_saved_again_leaves_nothing(
    store: PrivateTrackerStore,
) -> None:
    new = await store.get_or_create_tracker("c-1", append_action_listen=False)
    new.update(UserUttered("lost"))
    assert await store.retrieve("c-1") is None


async def test_with_another_model_a_tracker_is_loaded_anew(store: PrivateTrackerStore) -> None:
    saved = await turn(store, "one")
    store.domain = open_store(Path(store.engine.url.database).parent).domain
    assert await store.retrieve("c-1") is not saved


def kept(seconds: float, *names: str) -> RecentTrackers:
    """Return room for two trackers with `names` kept a second apart; then `seconds` pass."""
    now = [0.0]
    recent = RecentTrackers(most=2, seconds=10, clock=lambda: now[0])
    for name in names:
        recent.keep(DialogueStateTracker(name, []), 1)
        now[0] += 1
    now[0] += seconds
    return recent


def test_only_the_latest_are_kept() -> None:
    recent = kept(0, "a", "b", "c")
    assert [name in recent for name in "abc"] == [False, True, True]


def test_nothing_is_kept_for_long() -> None:
    assert kept(10, "a").take("a", 1) is None
