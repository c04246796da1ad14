"""The questions about a missing code: advice at the end, patience in between, a way out."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

Events = list[dict[str, Any]]
_SLOTS = ("otp_screen", "otp_minutes", "otp_other_mail")
_UNCLEAR = ("flow_unclear", "flow_unclear_again", "flow_way_out")
# The first slot value that decides, and the answer it decides for.
_ADVICE = (
    ("otp_screen", "closed", "otp_not_received__screen_closed"),
    ("otp_minutes", "recent", "otp_not_received__just_now"),
    ("otp_other_mail", "arrives", "otp_not_received__other_mail_ok"),
    ("otp_other_mail", "missing", "otp_not_received__other_mail_missing"),
)
_NOTHING_DECIDES = "otp_not_received__long_ago"


def _forgotten() -> Events:
    """Return the events after which nothing is left of the questions."""
    return [*(SlotSet(name, None) for name in _SLOTS), SlotSet("unclear_replies", 0)]


class ActionOtpAdvice(Action):
    """Answers with the situation that the three slots describe."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_otp_advice"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Say the advice; forget the slots, so that a later search begins anew."""
        fitting = (answer for name, value, answer in _ADVICE if tracker.get_slot(name) == value)
        dispatcher.utter_message(json_message={"answer": next(fitting, _NOTHING_DECIDES)})
        return _forgotten()


class ActionAskAgain(Action):
    """Asks for another wording; every third time running, offers a way out.

    The form asks its open question again after it.
    """

    def name(self) -> str:
        """Name in the domain."""
        return "action_ask_again"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Say `flow_unclear`, `flow_unclear_again` or `flow_way_out`; count."""
        unclear = int(tracker.get_slot("unclear_replies") or 0)
        answer = _UNCLEAR[unclear % len(_UNCLEAR)]
        dispatcher.utter_message(json_message={"answer": answer})
        return [SlotSet("unclear_replies", unclear + 1)]


class ActionLeaveQuestions(Action):
    """Ends the questions without advice: something else is more urgent, or it was asked for."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_leave_questions"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Say nothing; close the form and forget the slots."""
        return [ActiveLoop(None), SlotSet("requested_slot", None), *_forgotten()]
