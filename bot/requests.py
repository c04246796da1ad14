"""How many requests a message holds: one, or two that are both answered."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List, NamedTuple

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor

from bot.text.cleaning import disarm
from bot.text.segments import Segment, compile_joints, segments

_JOINTS = Path(__file__).parent / "dictionaries" / "joints.txt"
_PATTERN = compile_joints(_JOINTS.read_text(encoding="utf-8").splitlines())
# A part is taken for a request of its own only when it is clear and long enough to be one.
CLEAR, LONG_ENOUGH, MOST = 0.75, 5, 2
DISTRESS = "distress"
# A real request in the same message wins over these.
WEAK = frozenset(
    {
        "nlu_fallback", "greeting", "thanks", "goodbye", "affirm", "deny", "complaint_frustration",
        "bot_challenge",
    }
)  # fmt: skip
# Nothing of these is a second request beside another one.
_NEVER_SECOND = WEAK | {
    "out_of_scope", "repeat_last", "simplify_last", "more_options", "menu", "erase_conversation",
}  # fmt: skip
# Beside a trouble with a name this is the same trouble.
_CAUSELESS = "login_failed_general"


class Request(NamedTuple):
    """One part of a message that is answered, and what Rasa made of it."""

    segment: Segment
    parsed: Dict[str, Any]

    @property
    def intent(self) -> str:
        """Name of the intent."""
        return str(self.parsed["intent"]["name"])


async def find_requests(processor: MessageProcessor, text: str) -> List[Request]:
    """Return the requests in `text`, in their order: at least one, at most two."""
    whole = await _parse(processor, Segment(0, len(text), text))
    parts = segments(text, _PATTERN)
    if whole.intent == DISTRESS or len(parts) < 2:
        return [whole]
    parsed = [await _parse(processor, part) for part in parts]
    distress = [request for request in parsed if request.intent == DISTRESS]
    return distress[:1] or _chosen(whole, [request for request in parsed if _is_clear(request)])


async def _parse(processor: MessageProcessor, segment: Segment) -> Request:
    return Request(segment, await processor.parse_message(UserMessage(disarm(segment.text))))


def _is_clear(request: Request) -> bool:
    sure = request.parsed["intent"].get("confidence") or 0.0
    long_enough = len(request.segment.text) >= LONG_ENOUGH
    return request.intent not in _NEVER_SECOND and sure >= CLEAR and long_enough


def _chosen(whole: Request, clear: List[Request]) -> List[Request]:
    """Two different clear parts are two requests; one clear part beats a greeting.

    Where the whole means neither of them, the parts are a story and no requests.
    """
    by_intent = {request.intent: request for request in reversed(clear)}
    if len(by_intent) > 1:
        by_intent.pop(_CAUSELESS, None)
    if len(by_intent) >= MOST and whole.intent in by_intent:
        surest = sorted(by_intent.values(), key=lambda r: -r.parsed["intent"]["confidence"])[:MOST]
        return sorted(surest, key=lambda request: request.segment.start)
    if by_intent and whole.intent in WEAK:
        return list(by_intent.values())
    return [whole]
