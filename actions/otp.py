"""Send the code of an open login again."""

from rasa_sdk import Action, Tracker

from actions.account_client import AccountClient
from actions.granted import AccountAction, Answer, event_id, grant


class ActionOtpResend(AccountAction, Action):
    """Answers `otp_resent`, the same whoever asked; without a handle, offers to send."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_otp_resend"

    async def answer(self, accounts: AccountClient, tracker: Tracker) -> Answer:
        """Have a new code sent, once a message, or return the offer."""
        handle = grant(tracker)
        if handle is None:
            return {"answer": "otp_resend_check"}
        sample = await accounts.resend(handle, event_id(tracker))
        return {"answer": "otp_resent", "values": {"sample": sample}}
