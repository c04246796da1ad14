"""What the actions about one account share: the handle, and an apology in time."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from rasa_sdk import Tracker

from actions.account_client import AccountClient, AccountsUnavailable, open_client
from actions.settings import Settings

OpenClient = Callable[[], AbstractAsyncContextManager[AccountClient]]
Answer = dict[str, Any]


def from_environment() -> AbstractAsyncContextManager[AccountClient]:
    """Open a client on the account API of the settings."""
    settings = Settings.from_environment()
    return open_client(settings.accounts_url, settings.accounts_token)


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


async def asked(
    open_accounts: OpenClient, ask: Callable[[AccountClient], Awaitable[Answer]]
) -> Answer:
    """Return what `ask` makes of the account API's answer, or the apology."""
    try:
        async with open_accounts() as accounts:
            return await ask(accounts)
    except AccountsUnavailable:
        return {"answer": "account_unavailable"}
