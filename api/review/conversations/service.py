"""Read conversations, leaving a row for each look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.chat.conversations.said import Said
from api.chat.conversations.service import ConversationService
from api.chat.feedback.models import Feedback
from api.chat.inbox.models import InboxMessage
from api.chat.turns.models import TurnDetail
from api.chat.turns.repository import TurnRepository
from api.kit.database import Database
from api.kit.errors import NotFound
from api.privacy.masking import mask
from api.review.audit.service import AuditService
from api.review.conversations.filters import Filters
from api.review.conversations.receipts import receipt_in
from api.review.conversations.repository import PAGE, ReadingRepository
from api.review.digests.models import Digest
from api.review.digests.repository import DigestRepository
from api.review.queue.models import Verdict
from api.review.queue.repository import QueueRepository
from api.review.search.folding import highlighted, words

Parts = list[tuple[str, bool]]
_AROUND = 60


@dataclass(frozen=True)
class Listed:
    """A page of conversations; `found` shows where the words stand."""

    digests: Sequence[Digest]
    found: Mapping[str, Parts]
    next: str


@dataclass(frozen=True)
class TurnShown:
    """One message with its answers and how these came about."""

    message: InboxMessage
    said: Sequence[Said]
    detail: TurnDetail | None


@dataclass(frozen=True)
class Transcript:
    """One conversation, in order."""

    digest: Digest | None
    opening: Sequence[Said]
    turns: Sequence[TurnShown]
    ratings: Mapping[str, Feedback]
    tags: Sequence[str]
    verdicts: Sequence[Verdict]


class ReadingService:
    """The rules of reading."""

    def __init__(
        self, database: Database, conversations: ConversationService, audit: AuditService
    ) -> None:
        self._database, self._conversations, self._audit = database, conversations, audit

    async def listed(self, filters: Filters, staff_id: str) -> Listed:
        """Return a page of the list; a search leaves a row."""
        if filters.q.strip():
            # What staff look for may be somebody's number: it is masked like what people write.
            detail = {"q": mask(filters.q).text}
            await self._audit.note(staff_id, "searched", None, detail)
        async with self._database.reading() as session:
            reading = ReadingRepository(session)
            digests = await reading.page(filters)
            ids = [each.conversation_id for each in digests[:PAGE]]
            rows = await reading.found_messages(filters.q, ids) if filters.q.strip() else []
        more = len(digests) > PAGE
        last = digests[PAGE - 1] if more else None
        cursor = f"{last.last_at.isoformat()}~{last.conversation_id}" if last else ""
        wanted = words(filters.q) if filters.q.strip() else []
        found = {conversation: _around(highlighted(said, wanted)) for conversation, said in rows}
        return Listed(digests[:PAGE], found, cursor)

    async def transcript(
        self, conversation_id: str, staff_id: str, *, again: bool = False
    ) -> Transcript:
        """Return a conversation and leave a row, but not `again`; raises NotFound."""
        history = await self._conversations.history(conversation_id)
        if not history.said and not history.messages:
            raise NotFound("conversation")
        if not again:
            await self._audit.note(staff_id, "read", conversation_id)
        async with self._database.reading() as session:
            details = await TurnRepository(session).of_conversation(conversation_id)
            ratings = await ReadingRepository(session).ratings(conversation_id)
            digest = await DigestRepository(session).get(conversation_id)
            queue = QueueRepository(session)
            tags = await queue.tags(conversation_id)
            verdicts = await queue.verdicts(conversation_id)
        by_message = {each.message_id: each for each in details}
        turns = [
            TurnShown(message, _to(history.said, message.id), by_message.get(message.id))
            for message in history.messages
        ]
        return Transcript(digest, _to(history.said, None), turns, ratings, tags, verdicts)

    async def find_receipt(self, said: str, staff_id: str) -> list[InboxMessage] | None:
        """Return the messages with a 受付番号: one, as good as always; none if it was taken back.

        Returns None for a number that nobody knows.
        """
        receipt = receipt_in(said)
        if receipt is None:
            return None
        await self._audit.note(staff_id, "looked_up", receipt)
        async with self._database.reading() as session:
            reading = ReadingRepository(session)
            found = [*await reading.by_receipt(receipt)]
            return found if found or await reading.erasure(receipt) else None


def _to(said: Sequence[Said], message_id: str | None) -> list[Said]:
    return [each for each in said if each.reply.in_reply_to == message_id]


def _around(parts: Parts) -> Parts:
    """Shorten what stands far before and behind the first find."""
    before = parts[0][0] if parts and not parts[0][1] else ""
    rest = parts[1:] if before else parts
    after = rest[-1][0] if rest and not rest[-1][1] else ""
    short = [(f"…{before[-_AROUND:]}" if len(before) > _AROUND else before, False)]
    short += rest[:-1] if after else rest
    return [*short, (f"{after[:_AROUND]}…" if len(after) > _AROUND else after, False)]
