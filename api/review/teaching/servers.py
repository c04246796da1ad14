"""Tell the Rasa servers which model to serve, and ask which they do."""

from dataclasses import dataclass

import httpx

# Loading a model takes seconds; the server answers messages with the old one meanwhile.
_LOADING_SECONDS, _ASKING_SECONDS = 90.0, 5.0


@dataclass(frozen=True)
class Loaded:
    """What a server has in memory."""

    file: str
    model_id: str


class ModelServers:
    """All Rasa servers of the settings."""

    def __init__(self, http: httpx.AsyncClient, urls: list[str], token: str) -> None:
        self._http, self._urls = http, urls
        self._headers = {"Authorization": f"Bearer {token}"}

    async def loaded(self) -> list[Loaded | None]:
        """Return what each server serves; None for one that does not answer."""
        return [await self._ask(url) for url in self._urls]

    async def _ask(self, url: str) -> Loaded | None:
        try:
            answer = await self._http.get(
                f"{url}/webhooks/turn/model", headers=self._headers, timeout=_ASKING_SECONDS
            )
            answer.raise_for_status()
            return Loaded(**answer.json())
        except (httpx.HTTPError, ValueError, TypeError):
            return None

    async def load(self, file: str) -> list[Loaded | None]:
        """Have each server load `file`; return what each serves then."""
        for url in self._urls:
            try:
                await self._http.put(
                    f"{url}/webhooks/turn/model",
                    json={"file": file},
                    headers=self._headers,
                    timeout=_LOADING_SECONDS,
                )
            except httpx.HTTPError:
                continue
        return await self.loaded()
