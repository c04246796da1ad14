"""What an action answers is still checked, though the form of it is not."""

import pytest
from jsonschema import Draft202012Validator, ValidationError
from rasa.core.actions.action import RemoteAction

from bot.action_results import check_form_once


@pytest.fixture
def action() -> RemoteAction:
    check_form_once()
    return RemoteAction("action_x", None)


def test_a_result_without_a_name_for_its_event_is_refused(action: RemoteAction) -> None:
    with pytest.raises(ValidationError):
        action._validate_action_result({"events": [{"name": "no kind"}], "responses": []})


def test_a_usual_result_is_taken(action: RemoteAction) -> None:
    result = {"events": [{"event": "slot", "name": "x", "value": 1}], "responses": [{"text": "a"}]}
    assert action._validate_action_result(result)


def test_the_form_itself_is_not_checked_again(
    action: RemoteAction, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[object] = []
    monkeypatch.setattr(Draft202012Validator, "check_schema", checked.append)
    action._validate_action_result({"events": [], "responses": []})
    assert checked == []
