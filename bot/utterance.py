"""What the gateway asks, and how Rasa takes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Dict, List, Optional

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.trackers import DialogueStateTracker

from bot.questions.reading import Reading, open_question
from bot.requests import DISTRESS, Request, find_requests
from bot.text.cleaning import disarm
from bot.text.segments import Segment

_READING = Reading()
CANCEL, INFORM = "cancel", "inform"
# Intents whose questions a message may have answered before they are asked.
_ASKED_ABOUT = frozenset({"otp_not_received", "otp_resend_request"})


@dataclass(frozen=True)
class Utterance:
    """One event. Exactly one of `text` (a person's) and `intent` (minted) is set.

    `trace` is the person's 受付番号, under which every process writes its log.
    """

    conversation: str
    event_id: str
    channel: str
    text: Optional[str] = None
    intent: Optional[str] = None
    grant: Optional[str] = None
    entities: Dict[str, str] = field(default_factory=dict)
    trace: Optional[str] = None

    def part_id(self, place: int) -> str:
        """Return the event id of the request at `place`; the first has the event's own."""
        return self.event_id if place == 0 else f"{self.event_id}#{place + 1}"

    async def requests(
        self, processor: MessageProcessor, tracker: DialogueStateTracker
    ) -> List[Request]:
        """Return what is asked, in order; typed text can never be a command.

        Distress comes before everything; then an open question is looked for an answer.
        """
        if self.text is None:
            return [_minted(f"/{self.intent}", str(self.intent), self.entities)]
        found = await find_requests(processor, self.text)
        if any(each.intent == DISTRESS for each in found):
            return found
        if _READING.is_cancel(self.text):
            return [_minted(self.text, CANCEL, {})]
        question = open_question(tracker)
        filled = _READING.reply(self.text, question) if question else {}
        if filled:
            return [_minted(self.text, INFORM, filled)]
        return [_with_told(each) for each in found]

    def message(
        self, requests: List[Request], place: int, output: CollectingOutputChannel
    ) -> UserMessage:
        """Return the request at `place` as Rasa takes it."""
        request = requests[place]
        metadata = {
            "event_id": self.part_id(place),
            "grant": self.grant,
            "trace": self.trace,
            "requests": len(requests),
            "segment": [request.segment.start, request.segment.end],
        }
        return UserMessage(
            disarm(request.segment.text) if self.text is not None else request.segment.text,
            output,
            self.conversation,
            parse_data=request.parsed,
            input_channel=self.channel,
            metadata=metadata,
        )


def _minted(text: str, intent: str, entities: Dict[str, str]) -> Request:
    certain = {"name": intent, "confidence": 1.0}
    parsed: Dict[str, Any] = {
        "text": text,
        "intent": certain,
        "intent_ranking": [certain],
        "entities": _entities(entities),
    }
    return Request(Segment(0, 0 if text.startswith("/") else len(text), text), parsed)


def _entities(values: Dict[str, str]) -> List[Dict[str, str]]:
    return [{"entity": name, "value": value} for name, value in values.items()]


def _with_told(request: Request) -> Request:
    """Add what the message tells unasked, so that no question asks for it."""
    if request.intent not in _ASKED_ABOUT:
        return request
    told = _entities(_READING.told(request.segment.text))
    return request._replace(parsed={**request.parsed, "entities": told})
