"""The last condition of `live`: no mock behind it. Asked once, before the gateway serves."""

import httpx

from api.settings import Settings
from api.verification.accounts_client import AccountsClient
from api.verification.errors import AccountsDown


async def fault_of(settings: Settings) -> str | None:
    """Return one sentence about why `live` cannot start, or None."""
    if settings.account_mode != "live" or settings.live_for_tests:
        return None
    async with httpx.AsyncClient() as http:
        token = settings.accounts_token.get_secret_value()
        try:
            sample = await AccountsClient(http, settings.accounts_url, token).is_sample()
        except AccountsDown:
            return "HELPBOT_ACCOUNTS_URL does not answer: start the account API first."
    if sample:
        return (
            "HELPBOT_ACCOUNTS_URL is the mock, which knows samples only: "
            "give the real account API, or use HELPBOT_ACCOUNT_MODE=demo."
        )
    return None
