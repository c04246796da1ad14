"""Look whether the verified person's account is locked."""

from rasa_sdk import Action, Tracker

from actions.account_client import AccountClient
from actions.granted import AccountAction, Answer, grant


class ActionAccountLockCheck(AccountAction, Action):
    """Answers `lock_check_result` with the state; without a handle, offers the check.

    The offer asks the account API first: nobody is sent to a form that could not help.
    """

    def name(self) -> str:
        """Name in the domain."""
        return "action_account_lock_check"

    async def answer(self, accounts: AccountClient, tracker: Tracker) -> Answer:
        """Return the result, or the offer."""
        handle = grant(tracker)
        if handle is None:
            await accounts.service_status()
            return {"answer": "account_lock_check"}
        lockout = await accounts.lockout(handle)
        values = {"state": lockout.state, "until": lockout.until, "sample": lockout.sample}
        return {"answer": "lock_check_result", "values": values, "private": True}
