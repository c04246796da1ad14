"""Gather from a conversation what helps somebody at a counter, and nothing personal."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from api.chat.conversations.models import Reply
from api.chat.conversations.repository import ConversationRepository
from api.chat.inbox.models import InboxMessage
from api.chat.inbox.repository import InboxRepository
from api.content.catalogue import Catalogue
from api.content.hours import OpeningHours
from api.kit.clock import Clock
from api.kit.database import Database
from api.memo.errors import MemoMissing
from api.memo.links import MemoLinks

_TOKYO = ZoneInfo("Asia/Tokyo")
_QUOTED = re.compile(r"[「『\"](.{4,80}?)[」』\"]")
_MOST = 6
# Topics that say nothing about what happened.
_NO_TROUBLE = frozenset(
    {
        "fallback", "out_of_scope", "menu", "repeat_last", "simplify_last", "more_options",
        "erase_conversation", "greeting", "thanks", "goodbye", "affirm", "deny", "bot_challenge",
        "complaint_frustration", "distress", "contact_helpdesk", "talk_to_human",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Memo:
    """The page's contents, each in words for people; `day` is in Tokyo."""

    day: datetime
    troubles: Sequence[str]
    tried: Sequence[str]
    quoted: Sequence[str]
    helpdesk: str
    helpdesk_now: str


class MemoService:
    """The rules of the page."""

    def __init__(
        self,
        database: Database,
        catalogue: Catalogue,
        hours: OpeningHours,
        links: MemoLinks,
        clock: Clock,
    ) -> None:
        self._database, self._catalogue, self._hours = database, catalogue, hours
        self._links, self._clock = links, clock

    async def memo(self, token: str) -> Memo:
        """Return what stands on the page; raises MemoMissing."""
        conversation_id = self._links.conversation_id(token)
        if conversation_id is None:
            raise MemoMissing("signature")
        async with self._database.reading() as session:
            conversations = ConversationRepository(session)
            if await conversations.get(conversation_id) is None:
                raise MemoMissing("erased")
            replies = await conversations.replies(conversation_id)
            messages = await InboxRepository(session).of_conversation(conversation_id)
        return self._gathered(replies, messages)

    def _gathered(self, replies: Sequence[Reply], messages: Sequence[InboxMessage]) -> Memo:
        there = self._clock().astimezone(_TOKYO)
        facts = self._catalogue.facts
        advice = [each for each in replies if self._is_advice(each)]
        return Memo(
            day=there,
            troubles=_some(self._title(each) for each in advice),
            tried=_some(each.body["text"] for each in advice),
            quoted=_some(quote for each in messages for quote in _QUOTED.findall(each.text or "")),
            helpdesk=facts["helpdesk"],
            helpdesk_now=self._hours.sentence(there, facts),
        )

    def _is_advice(self, reply: Reply) -> bool:
        answer = self._catalogue.answers.get(reply.answer_id)
        if answer is None or reply.private or reply.in_reply_to is None:
            return False
        entry = answer.entry
        aside = entry.control or entry.options or entry.memo or entry.apology or entry.verification
        return not aside and entry.topic not in _NO_TROUBLE

    def _title(self, reply: Reply) -> str:
        topic = self._catalogue.answers.get(str(reply.body["topics"][0]))
        return (topic or self._catalogue[reply.answer_id]).entry.title


def _some(found: Iterable[str]) -> list[str]:
    """Return the latest few, each once, in order."""
    return list(dict.fromkeys(found))[-_MOST:]
