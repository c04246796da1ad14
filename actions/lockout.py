"""Look whether the verified person's account is locked."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.account_client import AccountClient
from actions.granted import Answer, OpenClient, asked, from_environment, grant


class ActionAccountLockCheck(Action):
    """Without a handle: offers the check, if the account API is there to make it.

    With one: answers `lock_check_result` with the state.
    """

    def __init__(self, open_accounts: OpenClient = from_environment) -> None:
        self._open = open_accounts

    def name(self) -> str:
        """Name in the domain."""
        return "action_account_lock_check"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Say the offer, the result or an apology; set nothing."""
        handle = grant(tracker)

        async def ask(accounts: AccountClient) -> Answer:
            return await (_result(accounts, handle) if handle else _offer(accounts))

        dispatcher.utter_message(json_message=await asked(self._open, ask))
        return []


async def _offer(accounts: AccountClient) -> Answer:
    """Nobody is sent to a form that could not help."""
    await accounts.service_status()
    return {"answer": "account_lock_check"}


async def _result(accounts: AccountClient, handle: str) -> Answer:
    lockout = await accounts.lockout(handle)
    values = {"state": lockout.state, "until": lockout.until, "sample": lockout.sample}
    return {"answer": "lock_check_result", "values": values, "private": True}
