"""Every rule and path as a test story, told to the real policies of this tree's model."""

from pathlib import Path
from typing import Any

import yaml
from rasa.core.agent import Agent
from rasa.core.test import test as run_stories

from tests.support.servers import ROOT

STORIES = ROOT / "tests/stories"
FORM = "otp_check_form"
OPENED = [
    {"intent": "otp_not_received"}, {"action": "utter_otp_not_received"}, {"action": FORM},
    {"active_loop": FORM}, {"slot_was_set": [{"requested_slot": "otp_screen"}]},
]  # fmt: skip


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


async def failed(agent: Agent, stories: list[dict], folder: Path) -> str:
    """Return the stories that came out differently, as Rasa writes them down."""
    told = folder / "stories.yml"
    told.write_text(yaml.safe_dump({"version": "3.1", "stories": stories}), "utf-8")
    await run_stories(str(told), agent, out_directory=str(folder), disable_plotting=True)
    return (folder / "failed_test_stories.yml").read_text("utf-8")


def steps(intent: str, actions: list[str]) -> list[dict]:
    """Return one turn; a form that is run opens, and leaving it closes it."""
    turn: list[dict] = [{"intent": intent}]
    for action in actions:
        turn.append({"action": action})
        if action == FORM:
            turn.append({"active_loop": FORM})
        if action == "action_leave_questions":
            turn += [{"active_loop": None}, {"slot_was_set": [{"requested_slot": None}]}]
    return turn


PASSED = "# None of the test stories failed"


async def test_each_intent_does_what_its_rule_says(agent: Agent, tmp_path: Path) -> None:
    table = load(STORIES / "rules.yml")
    stories = [{"story": name, "steps": steps(name, done)} for name, done in table.items()]
    assert PASSED in await failed(agent, stories, tmp_path)


async def test_each_intent_finds_its_way_while_questions_are_open(
    agent: Agent, tmp_path: Path
) -> None:
    table = load(STORIES / "while_open.yml")
    stories = [
        {"story": name, "steps": [*OPENED, *steps(name, done)]} for name, done in table.items()
    ]
    assert PASSED in await failed(agent, stories, tmp_path)


async def test_each_path_of_several_turns_goes_as_told(agent: Agent, tmp_path: Path) -> None:
    assert PASSED in await failed(agent, load(STORIES / "paths.yml")["stories"], tmp_path)


async def test_a_story_that_is_told_wrong_fails(agent: Agent, tmp_path: Path) -> None:
    wrong = [{"story": "wrong", "steps": steps("greeting", ["utter_goodbye"])}]
    assert PASSED not in await failed(agent, wrong, tmp_path)


def test_every_intent_of_the_domain_has_a_story_with_and_without_open_questions() -> None:
    intents = set(load(ROOT / "bot/domain/domain.yml")["intents"])
    assert intents <= set(load(STORIES / "rules.yml"))
    assert intents - {"inform"} <= set(load(STORIES / "while_open.yml"))
