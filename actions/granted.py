"""What the actions about one account share: the handle, and an apology in time."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.account_client import AccountClient, AccountsUnavailable, open_client
from actions.logs import note
from actions.settings import Settings

OpenClient = Callable[[str | None], AbstractAsyncContextManager[AccountClient]]
Answer = dict[str, Any]


def from_environment(trace: str | None) -> AbstractAsyncContextManager[AccountClient]:
    """Open a client on the account API of the settings; its calls carry `trace`."""
    settings = Settings.from_environment()
    return open_client(settings.accounts_url, settings.accounts_token, trace)


def grant(tracker: Tracker) -> str | None:
    """Return the handle on the verified person's account.

    It comes with the gateway's own message, never from a slot or an entity: nothing a person
    types can grant it.
    """
    handle = (tracker.latest_message.get("metadata") or {}).get("grant")
    return str(handle) if handle else None


def event_id(tracker: Tracker) -> str:
    """Return the id of the message that is answered: the same when it is answered again."""
    return str((tracker.latest_message.get("metadata") or {}).get("event_id"))


def trace(tracker: Tracker) -> str | None:
    """Return the person's 受付番号, under which all processes write their logs."""
    found = (tracker.latest_message.get("metadata") or {}).get("trace")
    return str(found) if found else None


class AccountAction:
    """Says what a subclass makes of the account API's answer, or the apology; sets nothing.

    No Action itself: the action server starts every subclass of Action under its name.
    """

    def __init__(self, open_accounts: OpenClient = from_environment) -> None:
        self._open = open_accounts

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Say one answer."""
        try:
            async with self._open(trace(tracker)) as accounts:
                answer = await self.answer(accounts, tracker)
        except AccountsUnavailable as error:
            note("account_unavailable", "warning", trace=trace(tracker), detail=str(error))
            answer = {"answer": "account_unavailable"}
        note("action_done", trace=trace(tracker), answer=answer["answer"])
        dispatcher.utter_message(json_message=answer)
        return []

    async def answer(self, accounts: AccountClient, tracker: Tracker) -> Answer:
        """Return the answer's id and values; raises AccountsUnavailable."""
        raise NotImplementedError
