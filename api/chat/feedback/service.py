"""Take feedback on a reply."""

from api.chat.errors import TextTooLong
from api.chat.feedback.models import Feedback
from api.chat.feedback.repository import FeedbackRepository
from api.chat.inbox.service import TEXT_LIMIT, Mask
from api.kit.clock import Clock
from api.kit.database import Database
from api.kit.errors import NotFound
from bot.text.cleaning import clean


class FeedbackService:
    """The rules of feedback."""

    def __init__(self, database: Database, mask: Mask, clock: Clock) -> None:
        self._database, self._mask, self._clock = database, mask, clock

    async def give(
        self, conversation_id: str, reply_id: str, solved: bool, comment: str | None
    ) -> None:
        """Write it down, masked.

        Raises NotFound for a reply of another conversation and TextTooLong.
        """
        text = clean(comment or "")
        if len(text) > TEXT_LIMIT:
            raise TextTooLong(f"{len(text)} characters")
        async with self._database.transaction(conversation_id) as session:
            repository = FeedbackRepository(session)
            reply = await repository.reply(conversation_id, reply_id)
            if reply is None:
                raise NotFound("reply")
            await repository.put(
                Feedback(
                    reply_id=reply.id,
                    conversation_id=conversation_id,
                    answer_id=reply.answer_id,
                    answer_version=reply.answer_version,
                    solved=solved,
                    comment=self._mask(text, code_expected=True, password_expected=True).text
                    or None,
                    given_at=self._clock(),
                )
            )
