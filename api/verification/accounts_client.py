"""The account API as the form needs it."""

from dataclasses import dataclass
from typing import Any

import httpx

from api.verification.errors import AccountsDown

TIMEOUT_SECONDS = 4.0


@dataclass(frozen=True)
class Person:
    """A demo person to pick."""

    id: str
    label: str


class AccountsClient:
    """Two questions: who can be picked, and a handle for the one who was."""

    def __init__(self, http: httpx.AsyncClient, url: str, token: str) -> None:
        self._http, self._url = http, url
        self._headers = {"Authorization": f"Bearer {token}"}

    async def demo_persons(self) -> list[Person]:
        """Return the persons of the demo; raises AccountsDown."""
        body = await self._ask("GET", "/v1/demo-persons")
        return [Person(str(each["id"]), str(each["label"])) for each in body.get("persons", [])]

    async def verify(self, purpose: str, person: str) -> str:
        """Return a handle, of the same shape whoever `person` is; raises AccountsDown."""
        body = await self._ask(
            "POST", "/v1/verifications", {"purpose": purpose, "demo_person": person}
        )
        handle = body.get("handle")
        if not isinstance(handle, str):
            raise AccountsDown("no handle")
        return handle

    async def _ask(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        try:
            answer = await self._http.request(
                method, self._url + path, json=body, headers=self._headers, timeout=TIMEOUT_SECONDS
            )
            answer.raise_for_status()
            parsed = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise AccountsDown(type(error).__name__) from error
        if not isinstance(parsed, dict):
            raise AccountsDown("not an object")
        return parsed
