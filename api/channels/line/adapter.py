"""LINE as the house sees it. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from api.channels.contract import Arrival, Utterance
from api.channels.line import parse, render, verify


class LineAdapter:
    """An `Adapter` (api/channels/contract.py)."""

    def __init__(self, secret: str, back_text: str) -> None:
        self._secret, self._back_text = secret, back_text

    def verify(self, raw: bytes, headers: Mapping[str, str], now: datetime) -> bool:
        """See Adapter.verify; LINE signs no time."""
        return verify.is_signed(self._secret, raw, headers.get(verify.HEADER, ""))

    def parse(self, raw: bytes) -> list[Arrival]:
        """See Adapter.parse."""
        return parse.parse(raw, self._back_text)

    def render(self, replies: Sequence[Utterance]) -> list[dict[str, Any]]:
        """See Adapter.render."""
        return render.render(replies)
