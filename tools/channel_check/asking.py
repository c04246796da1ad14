"""Ask a platform something, and tell apart the ways in which it does not answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from tools.channel_check.words import said

# Slack refuses, and is refused, beyond five minutes; half of that is a warning in time.
_MOST_SKEW_SECONDS = 150
_WAIT_SECONDS = "60"
_LIMITED = 429


class Wrong(Exception):
    """The sentence that says what is wrong; nothing more can be found out."""


@dataclass(frozen=True)
class Asking:
    """One platform, the settings, and what it is asked with."""

    platform: str
    values: Mapping[str, str]
    http: httpx.Client
    now: datetime

    def base(self, default: str) -> str:
        """Return where the platform's API is."""
        return (self.values.get(self._base_name) or default).rstrip("/")

    @property
    def _base_name(self) -> str:
        return f"HELPBOT_{self.platform.upper()}_API_BASE"

    def public(self, path: str) -> str:
        """Return our own address of `path`; raises Wrong where no platform would call it."""
        url = self.values.get("HELPBOT_PUBLIC_URL", "").rstrip("/")
        if not url.startswith("https://"):
            raise Wrong(said("not_https", platform=self.platform))
        return url + path

    def ask(self, method: str, url: str, token: str) -> httpx.Response:
        """Return the answer; raises Wrong where it is none that could be read."""
        try:
            answer = self.http.request(method, url, headers={"Authorization": f"Bearer {token}"})
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            kind = type(error).__name__
            raise Wrong(said("unreachable", platform=self.platform, error=kind)) from None
        if answer.status_code == _LIMITED:
            self.limited(answer)
        if answer.status_code >= 500:
            raise Wrong(said("down", platform=self.platform, status=answer.status_code))
        return answer

    def limited(self, answer: httpx.Response) -> None:
        """Raise Wrong for a platform that wants to be left alone for a while."""
        seconds = answer.headers.get("retry-after", "")
        wait = seconds if seconds.isdecimal() else _WAIT_SECONDS
        raise Wrong(said("limited", platform=self.platform, seconds=wait))

    def read(self, answer: httpx.Response) -> dict[str, Any]:
        """Return the JSON object of a good answer; raises Wrong for anything else."""
        try:
            body = answer.json() if answer.status_code == 200 else None
        except ValueError:
            body = None
        if not isinstance(body, dict):
            values = {"platform": self.platform, "status": answer.status_code}
            raise Wrong(said("strange", base=self._base_name, **values))
        return body

    def clock(self, answer: httpx.Response) -> Iterator[str]:
        """Compare our clock with the platform's."""
        try:
            theirs = parsedate_to_datetime(answer.headers.get("date", ""))
            skew = (self.now - theirs).total_seconds()
        except (TypeError, ValueError):
            return
        if abs(skew) > _MOST_SKEW_SECONDS:
            side = said("clock_fast" if skew > 0 else "clock_slow")
            yield said("clock", platform=self.platform, seconds=round(abs(skew)), side=side)
