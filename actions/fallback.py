"""Ask back with the likeliest topics; the second time running, offer another way out."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

_OFFERED = 3
# What nobody would pick from a list of problems.
_NOT_OFFERED = frozenset({"nlu_fallback", "out_of_scope", "greeting"})


def _likeliest(tracker: Tracker) -> list[str]:
    ranking = tracker.latest_message.get("intent_ranking") or []
    topics = [each["name"] for each in ranking if each["name"] not in _NOT_OFFERED]
    return topics[:_OFFERED]


def _asked_back_before(tracker: Tracker) -> bool:
    for event in reversed(tracker.events):
        if event.get("event") == "bot":
            custom = (event.get("data") or {}).get("custom") or {}
            return bool(str(custom.get("answer", "")).startswith("fallback"))
    return False


class ActionAskBack(Action):
    """Answers `fallback` with topics, or `fallback_menu` when that was the last answer too."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_ask_back"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Say which topics are likeliest; set nothing."""
        topics = _likeliest(tracker)
        if not topics or _asked_back_before(tracker):
            answer: dict[str, Any] = {"answer": "fallback_menu"}
        else:
            answer = {"answer": "fallback", "values": {"topics": topics}}
        dispatcher.utter_message(json_message=answer)
        return []
