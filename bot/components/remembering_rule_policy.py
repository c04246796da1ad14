"""Rasa's rule policy, which remembers the rules that fit a situation.

For each prediction Rasa holds every rule against the state of the conversation: a seventh of a turn
(docs/performance.md). Which rules fit the latest state is always the same; only these few are held
against the states before it.
"""

from __future__ import annotations

import json
from typing import Any, Dict, FrozenSet, List, Set, Tuple

from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.domain import State

# As many different situations as a bot of some hundred rules comes into.
_MOST = 4096


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class RememberingRulePolicy(RulePolicy):
    """Predicts what RulePolicy predicts."""

    def _get_possible_keys(self, lookup: Dict[str, str], states: List[State]) -> Set[str]:
        if not states:
            return set(lookup)
        near = {key: lookup[key] for key in self._fitting(lookup, states[-1])}
        fitting: Set[str] = super()._get_possible_keys(near, states)
        return fitting

    def _fitting(self, lookup: Dict[str, str], state: State) -> FrozenSet[str]:
        """Return the keys of the rules that fit the latest state."""
        known = self._known_of(lookup)
        name = json.dumps(state, sort_keys=True)
        if name not in known:
            if len(known) >= _MOST:
                known.clear()
            known[name] = frozenset(super()._get_possible_keys(lookup, [state]))
        return known[name]

    def _known_of(self, lookup: Dict[str, str]) -> Dict[str, FrozenSet[str]]:
        """Return what is remembered of `lookup`, from the beginning where that has changed.

        It grows while the policy is trained, and stays as it is from then on.
        """
        remembered: Dict[int, Tuple[Any, int, Any]] = self.__dict__.setdefault("_remembered", {})
        which, size, known = remembered.get(id(lookup), (None, 0, {}))
        if which is not lookup or size != len(lookup):
            known = {}
            remembered[id(lookup)] = (lookup, len(lookup), known)
        return known
