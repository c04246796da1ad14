"""Dialogues of several turns with the real bot, as tests/scenarios/dialogues/ tells them."""

from pathlib import Path

import pytest
import yaml

from tests.scenarios.conftest import Person

FILES = sorted(Path(__file__).with_name("dialogues").glob("*.yml"))
DIALOGUES = [each for path in FILES for each in yaml.safe_load(path.read_text("utf-8"))]


def listed(value: str | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else value or []


def check(turn: dict, replies: list[dict]) -> None:
    """Fail unless `replies` keep what `turn` promises."""
    words = "\n".join(part for reply in replies for part in (reply["text"], *reply["details"]))
    labels = {choice["label"] for reply in replies for choice in reply["choices"]}
    if "topics" in turn:
        assert {topic for reply in replies for topic in reply["topics"]} == set(turn["topics"])
    for answer in listed(turn.get("answer")):
        assert answer in [reply["answer_id"] for reply in replies]
    assert [part for part in listed(turn.get("says")) if part not in words] == []
    assert [part for part in listed(turn.get("never")) if part in words] == []
    assert [label for label in listed(turn.get("offers")) if label not in labels] == []


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=[each["title"] for each in DIALOGUES])
def test_dialogue(person: Person, dialogue: dict) -> None:
    for turn in dialogue["turns"]:
        said = person.taps(turn["taps"]) if "taps" in turn else person.writes(turn["person"])
        check(turn, said["replies"])


def test_there_are_at_least_sixty_dialogues_of_several_turns() -> None:
    assert len([each for each in DIALOGUES if len(each["turns"]) > 1]) >= 60
