"""The policy that remembers finds the rules that Rasa's own finds."""

import json

import pytest
from rasa.core.policies.rule_policy import RulePolicy

from bot.components.remembering_rule_policy import RememberingRulePolicy

LISTEN = {"prev_action": {"action_name": "action_listen"}}


def heard(intent: str) -> dict:
    return {**LISTEN, "user": {"intent": intent}}


def did(action: str, intent: str) -> dict:
    return {"prev_action": {"action_name": action}, "user": {"intent": intent}}


def rules(*conversations: list[dict]) -> dict[str, str]:
    return {json.dumps(states, sort_keys=True): "utter" for states in conversations}


RULES = rules(
    [heard("greet")],
    [heard("bye")],
    [heard("greet"), did("utter_greet", "greet")],
    [heard("bye"), did("utter_greet", "greet")],
)
TALKS = [
    [heard("greet")],
    [{}, heard("bye")],
    [heard("greet"), did("utter_greet", "greet")],
    [heard("bye"), did("utter_greet", "greet")],
    [heard("unknown")],
    [],
]


@pytest.fixture
def policy() -> RememberingRulePolicy:
    return RememberingRulePolicy.__new__(RememberingRulePolicy)


@pytest.mark.parametrize("states", TALKS, ids=str)
def test_it_finds_what_rasas_own_finds(policy: RememberingRulePolicy, states: list) -> None:
    wanted = RulePolicy._get_possible_keys(policy, RULES, states)
    for _ in range(2):
        assert policy._get_possible_keys(RULES, states) == wanted


def test_a_rule_that_is_added_is_found(policy: RememberingRulePolicy) -> None:
    growing = rules([heard("greet")])
    policy._get_possible_keys(growing, [heard("bye")])
    growing |= rules([heard("bye")])
    assert policy._get_possible_keys(growing, [heard("bye")])


def test_other_rules_are_not_taken_for_these(policy: RememberingRulePolicy) -> None:
    first, second = rules([heard("greet")]), rules([heard("bye")])
    assert policy._get_possible_keys(first, [heard("greet")]) == set(first)
    assert policy._get_possible_keys(second, [heard("greet")]) == set()


def test_a_situation_that_was_seen_is_not_looked_up_again(
    policy: RememberingRulePolicy, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy._get_possible_keys(RULES, [heard("greet")])
    looked: list[str] = []
    known = RulePolicy._is_rule_applicable

    def counted(self: RulePolicy, key: str, *more: object) -> bool:
        looked.append(key)
        return known(self, key, *more)

    monkeypatch.setattr(RulePolicy, "_is_rule_applicable", counted)
    policy._get_possible_keys(RULES, [heard("greet")])
    assert len(looked) < len(RULES)
