"""A process that begins anew takes in what it missed, and not all that ever was rated."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from api.chat.feedback.models import Feedback
from api.chat.feedback.repository import FeedbackRepository
from api.review.digests.repository import DigestRepository
from api.review.digests.service import Digests
from api.wiring import Services
from tests.api.review.told import Teller, Told


@pytest.fixture
def begun_anew(wired: Services) -> Digests:
    known = wired.review.digests
    return Digests(wired.database, known._clock, known._bell)


async def test_what_was_rated_long_ago_is_not_taken_in_again(
    teller: Teller, wired: Services, begun_anew: Digests
) -> None:
    old = datetime.now(UTC) - timedelta(days=30)
    for _ in range(3):
        await teller.tell(Told("届かない", solved=False, at=old))
    await teller.tell(Told("困った"))
    written: list[object] = []
    event.listen(wired.database.engine.sync_engine, "commit", written.append)
    await begun_anew.step()
    assert written == []


async def test_what_was_rated_while_nobody_took_in_is_taken_in(
    teller: Teller, wired: Services, begun_anew: Digests
) -> None:
    conversation, _ = await teller.tell(Told("困った"))
    async with wired.database.transaction() as session:
        said = await wired.conversations.history(conversation)
        rating = Feedback(
            reply_id=said.said[0].reply.id, conversation_id=conversation, answer_id="otp_expired",
            answer_version="v", solved=False, comment=None,
            given_at=said.messages[0].received_at + timedelta(minutes=5),
        )  # fmt: skip
        await FeedbackRepository(session).put(rating)
    await begun_anew.step()
    async with wired.database.reading() as session:
        digest = await DigestRepository(session).get(conversation)
    assert digest is not None
    assert digest.bad == 1
