"""Send the code of an open login again."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.account_client import AccountClient
from actions.granted import Answer, OpenClient, asked, event_id, from_environment, grant


class ActionOtpResend(Action):
    """Answers `otp_resent`, the same whoever asked; without a handle, offers to send."""

    def __init__(self, open_accounts: OpenClient = from_environment) -> None:
        self._open = open_accounts

    def name(self) -> str:
        """Name in the domain."""
        return "action_otp_resend"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Have a new code sent, once a message, or apologise; set nothing."""
        handle = grant(tracker)

        async def ask(accounts: AccountClient) -> Answer:
            if handle is None:
                return {"answer": "otp_resend_check"}
            sample = await accounts.resend(handle, event_id(tracker))
            return {"answer": "otp_resent", "values": {"sample": sample}}

        dispatcher.utter_message(json_message=await asked(self._open, ask))
        return []
