"""Say the answer that a tapped choice stands for."""

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

_ANSWER_ID = re.compile(r"[a-z]+(_[a-z0-9]+)*(__[a-z0-9_]+)?")


class ActionSaySituation(Action):
    """Answers with the id in the minted message; the catalogue knows the words."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_say_situation"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Say the situation's answer, or ask back when there is none; set nothing."""
        named = next(tracker.get_latest_entity_values("situation"), "")
        answer = named if _ANSWER_ID.fullmatch(named) else "fallback_menu"
        dispatcher.utter_message(json_message={"answer": answer})
        return []
