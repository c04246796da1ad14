"""Who wishes for a person, as staff see it: who is first, and what it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from api.chat.handover.models import WAITING, Handover

# Whoever wrote that they can bear it no longer comes before all others (docs/staff-guide.ja.md).
_FIRST = "distress"
# Says that somebody wishes for a person, not what about.
_WISH = "talk_to_human"


@dataclass(frozen=True)
class Caller:
    """One who waits or is held. `topic` is the last thing asked, `minutes` those of waiting."""

    handover: Handover
    urgent: bool
    topic: str | None
    minutes: int


def in_order(
    handovers: Sequence[Handover], intents: dict[str, list[str]], now: datetime
) -> list[Caller]:
    """Return the callers: the urgent first, then who has waited longest."""
    callers = [_caller(each, intents.get(each.conversation_id, []), now) for each in handovers]
    return sorted(callers, key=lambda each: (not each.urgent, each.handover.asked_at))


def _caller(handover: Handover, intents: list[str], now: datetime) -> Caller:
    about = [each for each in intents if each != _WISH]
    waited = now - handover.asked_at if handover.state == WAITING else None
    return Caller(
        handover=handover,
        urgent=_FIRST in intents,
        topic=about[-1] if about else None,
        minutes=int(waited.total_seconds() // 60) if waited else 0,
    )
