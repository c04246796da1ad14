import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.situation import ActionSaySituation


async def said(*entities: dict) -> dict:
    latest = {"entities": list(entities)}
    tracker = Tracker("c-1", {}, latest, [], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    assert await ActionSaySituation().run(dispatcher, tracker, {}) == []
    return dispatcher.messages[0]["custom"]


async def test_the_answer_of_the_tapped_situation_is_said() -> None:
    entity = {"entity": "situation", "value": "password_forgot__mail_dead"}
    assert await said(entity) == {"answer": "password_forgot__mail_dead"}


@pytest.mark.parametrize("value", ["", "{evil}", "../x", "A", "lock check"])
async def test_what_is_no_answer_id_is_asked_back(value: str) -> None:
    assert await said({"entity": "situation", "value": value}) == {"answer": "fallback_menu"}
