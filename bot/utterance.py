"""What the gateway asks, and how Rasa takes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Dict, List, Optional

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.processor import MessageProcessor

from bot.requests import Request, find_requests
from bot.text.cleaning import disarm
from bot.text.segments import Segment


@dataclass(frozen=True)
class Utterance:
    """One event. Exactly one of `text` (a person's) and `intent` (minted) is set."""

    conversation: str
    event_id: str
    channel: str
    text: Optional[str] = None
    intent: Optional[str] = None
    grant: Optional[str] = None
    entities: Dict[str, str] = field(default_factory=dict)

    def part_id(self, place: int) -> str:
        """Return the event id of the request at `place`; the first has the event's own."""
        return self.event_id if place == 0 else f"{self.event_id}#{place + 1}"

    async def requests(self, processor: MessageProcessor) -> List[Request]:
        """Return what is asked, in order; typed text can never be a command."""
        if self.text is not None:
            return await find_requests(processor, self.text)
        entities = [{"entity": name, "value": value} for name, value in self.entities.items()]
        certain = {"name": self.intent, "confidence": 1.0}
        text = f"/{self.intent}"
        parsed: Dict[str, Any] = {
            "text": text,
            "intent": certain,
            "intent_ranking": [certain],
            "entities": entities,
        }
        return [Request(Segment(0, 0, text), parsed)]

    def message(
        self, requests: List[Request], place: int, output: CollectingOutputChannel
    ) -> UserMessage:
        """Return the request at `place` as Rasa takes it."""
        request = requests[place]
        metadata = {
            "event_id": self.part_id(place),
            "grant": self.grant,
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
