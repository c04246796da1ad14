from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.tracker_store import PrivateTrackerStore

PRIVATE = {"answer": "lock_check_result", "private": True, "values": {"state": "locked"}}


@pytest.fixture
def saved(tmp_path: Path):
    async def save(*events) -> str:
        store = PrivateTrackerStore(Domain.empty(), host=f"sqlite:///{tmp_path}/t.db")
        await store.save(DialogueStateTracker.from_events("c-1", list(events)))
        store.engine.dispose()
        return (tmp_path / "t.db").read_bytes().decode("utf-8", "ignore")

    return save


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
