"""Tell the staff's Slack channel that somebody waits."""

from typing import Protocol

import httpx
import structlog

_log = structlog.get_logger()
_TIMEOUT_SECONDS = 4.0


class Alerts(Protocol):
    """A place where staff look."""

    async def waiting(self, conversation_id: str, *, urgent: bool) -> str | None:
        """Tell it, and whether it is `urgent`; return the thread in which staff may answer, if
        there is one.
        """
        ...


class NoAlerts:
    """The console alone tells it."""

    async def waiting(self, conversation_id: str, *, urgent: bool) -> str | None:
        """See Alerts.waiting."""
        return None


class SlackAlerts:
    """One message a handover, without a word of what the person wrote."""

    def __init__(
        self, http: httpx.AsyncClient, base: str, token: str, channel: str, words: str, urgent: str
    ) -> None:
        """`words` are said of each; `urgent` stands before them where it is."""
        self._http, self._base, self._channel = http, base, channel
        self._words, self._urgent = words, urgent
        self._headers = {"Authorization": f"Bearer {token}"}

    async def waiting(self, conversation_id: str, *, urgent: bool) -> str | None:
        """See Alerts.waiting; a Slack that is down is no reason to let the person wait longer."""
        words = (self._urgent if urgent else "") + self._words.format(id=conversation_id)
        body = {"channel": self._channel, "text": words}
        try:
            answer = await self._http.post(
                f"{self._base}/chat.postMessage", json=body, headers=self._headers,
                timeout=_TIMEOUT_SECONDS,
            )  # fmt: skip
            content = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            _log.warning("alert_failed", detail=type(error).__name__)
            return None
        if not content.get("ok"):
            _log.warning("alert_failed", detail=str(content.get("error"))[:40])
        return content.get("ts") if content.get("ok") else None
