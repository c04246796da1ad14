"""Ask back with the likeliest topics; the second time running, offer another way out."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

_OFFERED = 3
# What nobody would pick from a list of problems.
_NOT_OFFERED = frozenset(
    {
        "nlu_fallback", "out_of_scope", "greeting", "thanks", "goodbye", "affirm", "deny",
        "bot_challenge", "complaint_frustration", "distress", "repeat_last", "simplify_last",
        "more_options", "erase_conversation", "menu", "what_is_that", "already_tried", "tonight",
        "inform", "cancel", "circumstance",
    }
)  # fmt: skip
# Intents that mean "one of these, but which?"; each is an answer with fixed choices.
_WHICH = "which_"
_MISSES = ("fallback", _WHICH)


def _likeliest(tracker: Tracker) -> list[str]:
    ranking = tracker.latest_message.get("intent_ranking") or []
    names = [each["name"] for each in ranking if not each["name"].startswith(_WHICH)]
    return [name for name in names if name not in _NOT_OFFERED][:_OFFERED]


def _misses(tracker: Tracker) -> int:
    """Return how many answers in a row, up to now, were misses."""
    said = [event for event in tracker.events if event.get("event") == "bot"]
    misses = 0
    for event in reversed(said):
        custom = (event.get("data") or {}).get("custom") or {}
        if not str(custom.get("answer", "")).startswith(_MISSES):
            break
        misses += 1
    return misses


class ActionAskBack(Action):
    """Answers `fallback` with topics; when that did not help `fallback_menu`, then a telephone."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_ask_back"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Say which topics are likeliest; set nothing."""
        topics, misses = _likeliest(tracker), _misses(tracker)
        intent = str((tracker.latest_message.get("intent") or {}).get("name"))
        answer: dict[str, Any] = {"answer": "fallback", "values": {"topics": topics}}
        if misses or not topics:
            answer = {"answer": "fallback_third" if misses > 1 else "fallback_menu"}
        elif intent.startswith(_WHICH):
            answer = {"answer": intent}
        dispatcher.utter_message(json_message=answer)
        return []
