"""Look whether the verified person's account is locked."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.account_client import AccountClient, AccountsUnavailable, open_client
from actions.settings import Settings

OpenClient = Callable[[], AbstractAsyncContextManager[AccountClient]]


def _from_environment() -> AbstractAsyncContextManager[AccountClient]:
    settings = Settings.from_environment()
    return open_client(settings.accounts_url, settings.accounts_token)


class ActionAccountLockCheck(Action):
    """Without a handle: offers the check, if the account API is there to make it.

    With one: answers `lock_check_result` with the state. The handle comes with the gateway's
    own message, never from a slot or an entity: nothing a person types can grant it.
    """

    def __init__(self, open_accounts: OpenClient = _from_environment) -> None:
        self._open = open_accounts

    def name(self) -> str:
        """Name in the domain."""
        return "action_account_lock_check"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Say the offer, the result or an apology; set nothing."""
        handle = (tracker.latest_message.get("metadata") or {}).get("grant")
        try:
            async with self._open() as accounts:
                answer = await (_result(accounts, handle) if handle else _offer(accounts))
        except AccountsUnavailable:
            answer = {"answer": "account_unavailable"}
        dispatcher.utter_message(json_message=answer)
        return []


async def _offer(accounts: AccountClient) -> dict[str, Any]:
    """Nobody is sent to a form that could not help."""
    await accounts.service_status()
    return {"answer": "account_lock_check"}


async def _result(accounts: AccountClient, handle: str) -> dict[str, Any]:
    lockout = await accounts.lockout(handle)
    values = {"state": lockout.state, "until": lockout.until}
    return {"answer": "lock_check_result", "values": values, "private": True}
