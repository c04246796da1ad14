"""Put conversations into the tables as the worker leaves them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from api.chat.conversations.models import Conversation, Reply
from api.chat.conversations.repository import ConversationRepository
from api.chat.feedback.models import Feedback
from api.chat.feedback.repository import FeedbackRepository
from api.chat.inbox.models import DONE, InboxMessage
from api.chat.inbox.repository import InboxRepository
from api.chat.turns.models import TurnDetail
from api.chat.turns.repository import TurnRepository
from api.kit.ids import new_id, new_receipt
from api.wiring import Services


@dataclass
class Told:
    """One thing a person said, and how it was understood."""

    text: str
    intent: str = "otp_not_received"
    confidence: float = 0.9
    second: float = 0.05
    outcome: str = "answered"
    solved: bool | None = None
    channel: str = "web"
    at: datetime | None = None
    more: dict = field(default_factory=dict)
    actions: list[str] = field(default_factory=list)


class Teller:
    """Tells the database what was said."""

    def __init__(self, wired: Services) -> None:
        self.wired = wired

    async def tell(self, *told: Told) -> tuple[str, list[InboxMessage]]:
        """Write one conversation and bring the digests up to date."""
        now = told[0].at or self.wired.worker._leases._clock()
        conversation = Conversation(
            id=new_id("c"), channel=told[0].channel, token_digest="-", created_at=now
        )
        async with self.wired.database.transaction() as session:
            await ConversationRepository(session).add(conversation)
            messages = [
                await self._one(session, conversation, each, now + timedelta(seconds=place))
                for place, each in enumerate(told)
            ]
        # Stories are told of days gone by; the digests look at what is new.
        self.wired.review.digests._since = now - timedelta(days=1)
        await self.wired.review.digests.step()
        return conversation.id, messages

    async def _one(self, session, conversation, told: Told, at: datetime) -> InboxMessage:
        message = InboxMessage(
            id=new_id("m"), conversation_id=conversation.id, channel=told.channel,
            event_id=new_id("e"), text=told.text, payload=None, masked=[], receipt=new_receipt(),
            received_at=at, status=DONE, outcome=told.outcome, intent=told.intent,
            confidence=told.confidence, model_id="model-1", answered_at=at, **told.more,
        )  # fmt: skip
        await InboxRepository(session).add(message)
        reply = Reply(
            id=new_id("r"), conversation_id=conversation.id, in_reply_to=message.id, position=0,
            answer_id=told.intent, answer_version="v", private=False, created_at=at,
            body={"text": "答え", "details": [], "topics": [told.intent], "links": [],
                  "source": None},
        )  # fmt: skip
        await ConversationRepository(session).add(reply)
        detail = TurnDetail(
            message_id=message.id, conversation_id=conversation.id,
            ranking=[[told.intent, told.confidence], ["otp_expired", told.second]],
            segments=[], actions=told.actions, waited_ms=1, engine_ms=2, written_ms=3,
            created_at=at,
        )  # fmt: skip
        await TurnRepository(session).add(detail)
        if told.solved is not None:
            feedback = Feedback(
                reply_id=reply.id, conversation_id=conversation.id, answer_id=told.intent,
                answer_version="v", solved=told.solved, comment=None, given_at=at,
            )  # fmt: skip
            await FeedbackRepository(session).put(feedback)
        return message
