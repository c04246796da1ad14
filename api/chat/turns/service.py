"""Measure a turn and write down how it came about."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.engine.protocol import Turn
from api.chat.inbox.models import InboxMessage
from api.chat.turns.models import TurnDetail
from api.chat.turns.repository import TurnRepository


@dataclass(frozen=True)
class Steps:
    """When the work on a message began and when the engine had decided."""

    began: datetime
    decided: datetime

    def spans(self, message: InboxMessage, written: datetime) -> dict[str, timedelta]:
        """Return how long `message` was in each step, `written` being the end of the last."""
        return {
            "inbox": self.began - message.received_at,
            "engine": self.decided - self.began,
            "writing": written - self.decided,
        }


async def write_detail(
    session: AsyncSession, message: InboxMessage, turn: Turn, steps: Steps, now: datetime
) -> None:
    """Add the detail of `turn` to the transaction."""
    spans = steps.spans(message, now)
    detail = TurnDetail(
        message_id=message.id,
        conversation_id=message.conversation_id,
        ranking=[list(each) for each in turn.ranking],
        segments=[list(each) for each in turn.segments],
        actions=list(turn.actions),
        waited_ms=_ms(spans["inbox"]),
        engine_ms=_ms(spans["engine"]),
        written_ms=_ms(spans["writing"]),
        created_at=now,
    )
    await TurnRepository(session).add(detail)


def _ms(span: timedelta) -> int:
    return max(0, round(span.total_seconds() * 1000))
