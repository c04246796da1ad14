"""The account API as the form needs it."""

from dataclasses import dataclass
from typing import Any

import httpx

from api.kit.trace import HEADER, current_receipt
from api.verification.claims import Claim
from api.verification.errors import AccountsDown

TIMEOUT_SECONDS = 4.0


@dataclass(frozen=True)
class Person:
    """A demo person to pick."""

    id: str
    label: str


class AccountsClient:
    """Three questions: is it a mock, who can be picked, and a handle for who was claimed."""

    def __init__(self, http: httpx.AsyncClient, url: str, token: str) -> None:
        self._http, self._url = http, url
        self._headers = {"Authorization": f"Bearer {token}"}

    async def is_sample(self) -> bool:
        """Say whether this account API knows samples only; raises AccountsDown."""
        return bool((await self._ask("GET", "/v1/service-status")).get("sample"))

    async def demo_persons(self) -> list[Person]:
        """Return the persons of the demo; raises AccountsDown."""
        body = await self._ask("GET", "/v1/demo-persons")
        return [Person(str(each["id"]), str(each["label"])) for each in body.get("persons", [])]

    async def verify(self, purpose: str, claim: Claim, client: str) -> str:
        """Return a handle, of the same shape whatever `claim` says; raises AccountsDown.

        `client` is the digest that stands for the browser: failures count for it.
        """
        wanted = {"purpose": purpose, "client": client, **claim.body()}
        handle = (await self._ask("POST", "/v1/verifications", wanted)).get("handle")
        if not isinstance(handle, str):
            raise AccountsDown("no handle")
        return handle

    async def _ask(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        try:
            answer = await self._http.request(
                method,
                self._url + path,
                json=body,
                headers={**self._headers, HEADER: current_receipt()},
                timeout=TIMEOUT_SECONDS,
            )
            answer.raise_for_status()
            parsed = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise AccountsDown(type(error).__name__) from error
        if not isinstance(parsed, dict):
            raise AccountsDown("not an object")
        return parsed
