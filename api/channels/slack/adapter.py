"""Slack as the house sees it. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from api.channels.contract import Arrival, Utterance
from api.channels.slack import parse, render, verify


class SlackAdapter:
    """An `Adapter` (api/channels/contract.py)."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def verify(self, raw: bytes, headers: Mapping[str, str], now: datetime) -> bool:
        """See Adapter.verify."""
        timestamp = headers.get(verify.TIMESTAMP, "")
        signature = headers.get(verify.SIGNATURE, "")
        return verify.is_signed(self._secret, raw, timestamp, signature, now)

    def parse(self, raw: bytes) -> list[Arrival]:
        """See Adapter.parse; interactions have a parser of their own."""
        return parse.parse_event(raw)

    def render(self, replies: Sequence[Utterance]) -> list[dict[str, Any]]:
        """See Adapter.render."""
        return render.render(replies)
