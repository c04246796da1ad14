"""How many requests a message holds: one, or two that are both answered."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

import yaml
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor

from bot.text.cleaning import disarm
from bot.text.segments import ADDED, ASKED, LOOSE, Cut, Joints, Segment

_WORDS = Path(__file__).parent / "dictionaries" / "joints.yml"
JOINTS = Joints(yaml.safe_load(_WORDS.read_text(encoding="utf-8")))
# How sure both parts have to be, by what joins them. From the table of `make thresholds`.
SURE_ENOUGH = {ADDED: 0.5, ASKED: 0.75, LOOSE: 0.95}
# A single part of many is taken for the request when it is clear and the whole is not.
CLEAR, MIXED = 0.75, 0.7
# Shorter parts are no requests; each cut costs two readings of some milliseconds.
LONG_ENOUGH, MOST_CUTS = 5, 12
DISTRESS = "distress"
# A real request in the same message wins over these.
WEAK = frozenset(
    {
        "nlu_fallback", "greeting", "thanks", "goodbye", "affirm", "deny", "complaint_frustration",
        "bot_challenge", "circumstance",
    }
)  # fmt: skip
# Nothing of these is a request beside another one.
_NO_REQUEST = WEAK | {
    "out_of_scope", "repeat_last", "simplify_last", "more_options", "menu", "erase_conversation",
    "already_tried", "what_is_that", "tonight", "which_trouble", "which_mail",
    "which_registration", "which_expired",
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

    @property
    def sure(self) -> float:
        """Probability of the intent."""
        return float(self.parsed["intent"].get("confidence") or 0.0)


async def find_requests(processor: MessageProcessor, text: str) -> List[Request]:
    """Return the requests in `text`, in their order: at least one, at most two."""
    reader = _Reader(processor)
    whole = await reader.read(Segment(0, len(text), text))
    if whole.intent == DISTRESS:
        return [whole]
    sentences = [await reader.read(each) for each in JOINTS.sentences(text)]
    cuts = [
        (await reader.read(cut.first), await reader.read(cut.second), cut.kind)
        for cut in _worth_trying(text)[:MOST_CUTS]
    ]
    # However short a sentence is: the length that a request needs is not asked of distress.
    distress = [each for each in sentences if each.intent == DISTRESS]
    if distress:
        return distress[:1]
    if _is_foreign(whole):
        return [whole]
    return _two(cuts) or [_single(whole, sentences)]


def _worth_trying(text: str) -> List[Cut]:
    """Return the cuts between parts that are long enough, the likeliest kinds first."""
    cuts = (
        cut
        for cut in JOINTS.cuts(text)
        if min(len(cut.first.text), len(cut.second.text)) >= LONG_ENOUGH
    )
    return sorted(cuts, key=lambda cut: SURE_ENOUGH[cut.kind])


class _Reader:
    """Reads parts of one message, and each text once: one sentence is the whole message, and a
    cut's part is a sentence as often as not.
    """

    def __init__(self, processor: MessageProcessor) -> None:
        self._processor = processor
        self._read: Dict[str, Dict[str, Any]] = {}

    async def read(self, segment: Segment) -> Request:
        text = disarm(segment.text)
        if text not in self._read:
            self._read[text] = await self._processor.parse_message(UserMessage(text))
        return Request(segment, self._read[text])


def _two(read: List[Tuple[Request, Request, str]]) -> Optional[List[Request]]:
    """Return the two parts of the clearest cut between two different requests."""
    found = [
        (min(first.sure, second.sure) - SURE_ENOUGH[kind], first, second)
        for first, second, kind in read
        if _differ(first, second)
    ]
    lead, first, second = max(found, key=lambda each: each[0], default=(-1.0, None, None))
    return [first, second] if first and second and lead >= 0 else None


def _differ(first: Request, second: Request) -> bool:
    intents = {first.intent, second.intent}
    return len(intents) == 2 and not intents & {*_NO_REQUEST, _CAUSELESS}


def _is_foreign(whole: Request) -> bool:
    """Say whether it is not ours: a part may sound like ours because the name stands elsewhere."""
    return whole.intent == "out_of_scope"


def _single(whole: Request, sentences: List[Request]) -> Request:
    """Return the last clear request where the whole is a greeting, a story or unclear."""
    clear = [
        each
        for each in sentences
        if each.intent not in _NO_REQUEST
        and each.sure >= CLEAR
        and len(each.segment.text) >= LONG_ENOUGH
    ]
    hidden = len(sentences) > 1 and (whole.intent in WEAK or whole.sure < MIXED)
    return clear[-1] if hidden and clear else whole
