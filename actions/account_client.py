"""The account API as the actions see it; the only file that knows its addresses."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx

# In all, the retry included: a person hears an apology within five seconds.
BUDGET_SECONDS = 3.5
_ATTEMPTS = 2
_LOCK_STATES = ("locked", "open", "unknown")
_REGISTRATIONS = ("online", "full", "expired", "employer", "unknown")


class AccountsUnavailable(Exception):
    """The account API did not give a usable answer in time."""


@dataclass(frozen=True)
class Lockout:
    """`state` is locked, open or unknown; `until` an ISO 8601 moment in UTC when locked."""

    state: str
    until: str | None
    sample: bool


@dataclass(frozen=True)
class Features:
    """`registration` is online, full, expired, employer or unknown."""

    registration: str
    sample: bool


class AccountClient:
    """Asks the account API, with a handle that stands for a verified person."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        """`http` carries base address and token."""
        self._http = http

    async def lockout(self, handle: str) -> Lockout:
        """Return the lock of the handle's account; raises AccountsUnavailable."""
        body = await self._ask("GET", f"/v1/handles/{handle}/lockout")
        state, until = body.get("state"), body.get("until")
        if state not in _LOCK_STATES or (state == "locked") != isinstance(until, str):
            raise AccountsUnavailable("lockout answer has the wrong shape")
        return Lockout(state, until, body.get("sample") is not False)

    async def features(self, handle: str) -> Features:
        """Return what the handle's registration allows; raises AccountsUnavailable."""
        body = await self._ask("GET", f"/v1/handles/{handle}/features")
        registration = body.get("registration")
        if registration not in _REGISTRATIONS:
            raise AccountsUnavailable("features answer has the wrong shape")
        return Features(registration, body.get("sample") is not False)

    async def resend(self, handle: str, key: str) -> bool:
        """Send the code of an open login again; say whether that was only a sample.

        The same `key` sends once however often it is asked; raises AccountsUnavailable.
        """
        body = await self._ask("POST", f"/v1/handles/{handle}/otp", {"Idempotency-Key": key})
        if body.get("status") != "accepted":
            raise AccountsUnavailable("resend answer has the wrong shape")
        return body.get("sample") is not False

    async def service_status(self) -> None:
        """Return when the account API is at work; raises AccountsUnavailable otherwise."""
        body = await self._ask("GET", "/v1/service-status")
        if body.get("status") != "ok":
            raise AccountsUnavailable("maintenance")

    async def _ask(
        self, method: str, path: str, headers: dict[str, str] | None = None
    ) -> dict[str, Any]:
        try:
            return await asyncio.wait_for(self._attempts(method, path, headers), BUDGET_SECONDS)
        except (httpx.HTTPError, asyncio.TimeoutError, ValueError) as error:
            raise AccountsUnavailable(type(error).__name__) from error

    async def _attempts(
        self, method: str, path: str, headers: dict[str, str] | None
    ) -> dict[str, Any]:
        """Ask once more when the connection broke; a refusal is not asked again.

        What does something carries a key, so that twice is once.
        """
        for left in reversed(range(_ATTEMPTS)):
            try:
                answer = await self._http.request(method, path, headers=headers)
                answer.raise_for_status()
                body = answer.json()
                if not isinstance(body, dict):
                    raise ValueError("not an object")
                return body
            except httpx.TransportError:
                if not left:
                    raise
        raise AssertionError("unreachable")


@asynccontextmanager
async def open_client(
    url: str, token: str, trace: str | None = None
) -> AsyncIterator[AccountClient]:
    """Yield a client on the account API at `url`, closed afterwards; calls carry `trace`."""
    headers = {"Authorization": f"Bearer {token}"}
    if trace:
        headers["X-Request-Id"] = trace
    # No timeout inside: one that fires together with the budget's swallows its cancellation.
    async with httpx.AsyncClient(
        base_url=url,
        headers=headers,
        timeout=None,  # noqa: S113
        verify=_certificates(),
    ) as http:
        yield AccountClient(http)


@cache
def _certificates() -> ssl.SSLContext:
    """Return whom to trust, read once: reading takes 30 ms, in which no other turn goes on."""
    return httpx.create_ssl_context()
