"""From what the core remembers to the public shapes. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from api.channels.web.schemas import (
    BotEntry,
    ChoiceOut,
    ConversationOut,
    HistoryOut,
    LinkOut,
    PersonEntry,
    ReplyOut,
)
from api.chat.conversations.history import History
from api.chat.conversations.models import Choice
from api.chat.conversations.said import Said
from api.chat.conversations.service import Opened
from api.chat.handover.speaking import STAFF_MESSAGE
from api.chat.inbox.models import InboxMessage
from api.chat.rendering import Button, Rendered


@dataclass(frozen=True)
class DerivedLink:
    """A link that no table holds: its label, and its address worked out from an id."""

    label: str
    url: Callable[[str], str]

    def to(self, target: str) -> LinkOut:
        """Return the link to what has the id `target`."""
        return LinkOut(label=self.label, url=self.url(target))


class WebRenderer:
    """Knows the links to the verification form and to the memo page."""

    def __init__(self, verification: DerivedLink, memo: DerivedLink) -> None:
        self._verification, self._memo = verification, memo

    def reply(self, said: Said) -> ReplyOut:
        """Return one reply."""
        return ReplyOut.model_validate(self._fields(said))

    def private(self, said: Said, rendered: Rendered) -> ReplyOut:
        """Return private words in place of the reply that stands for them."""
        words = {name: rendered.body[name] for name in ("text", "details", "topics", "source")}
        fields = {**self._fields(said), **words, "answer_id": rendered.answer.id}
        links = [LinkOut(**link) for link in rendered.body["links"]]
        version = rendered.answer.version
        return ReplyOut.model_validate({**fields, "links": links, "answer_version": version})

    def opened(self, opened: Opened) -> ConversationOut:
        """Return a new conversation."""
        return ConversationOut(
            conversation_id=opened.conversation.id,
            token=opened.token,
            replies=[self.reply(said) for said in opened.said],
        )

    def unwritten(self, rendered: Rendered, prefix: str, now: datetime) -> BotEntry:
        """Return a reply that no table has yet; its choices are named by their places."""
        choices = [_choice(f"{prefix}{place}", each) for place, each in enumerate(rendered.choices)]
        fields = {"id": prefix, "in_reply_to": None, "private": False, "choices": choices}
        answer = {"answer_id": rendered.answer.id, "answer_version": rendered.answer.version}
        moment = {"created_at": now, "at": now}
        return BotEntry.model_validate({**rendered.body, **fields, **answer, **moment})

    def memo_url(self, conversation_id: str) -> str:
        """Return the address of the page to print."""
        return self._memo.url(conversation_id)

    def history(self, history: History, after: str | None) -> HistoryOut:
        """Return both sides in order of time, from behind the entry `after` on."""
        # Messages of our own making have no text: nobody said anything.
        said = [each for each in history.messages if each.text is not None]
        entries: list[PersonEntry | BotEntry] = [_person(each) for each in said]
        entries += [self._bot(said) for said in history.said]
        entries.sort(key=lambda entry: entry.at)
        places = [place for place, entry in enumerate(entries) if entry.id == after]
        return HistoryOut(messages=entries[places[0] + 1 :] if places else entries)

    def _bot(self, said: Said) -> BotEntry:
        sender = "staff" if said.reply.answer_id == STAFF_MESSAGE else "bot"
        fields = {**self._fields(said), "at": said.reply.created_at, "from": sender}
        return BotEntry.model_validate(fields)

    def _fields(self, said: Said) -> dict[str, object]:
        reply = said.reply
        body = dict(reply.body)
        verification = body.pop("verification", None)
        body.pop("table", None)  # said in lines among the details
        links = [LinkOut(**link) for link in body.pop("links")]
        if verification:
            links.insert(0, self._verification.to(verification))
        if body.pop("memo", False):
            links.insert(0, self._memo.to(reply.conversation_id))
        return {
            **body,
            "id": reply.id,
            "in_reply_to": reply.in_reply_to,
            "answer_id": reply.answer_id,
            "answer_version": reply.answer_version,
            "choices": [_choice(each.id, each) for each in said.choices],
            "links": links,
            "private": reply.private,
            "created_at": reply.created_at,
        }


def _choice(choice_id: str, choice: Choice | Button) -> ChoiceOut:
    picture = choice.payload.get("picture")
    return ChoiceOut(id=choice_id, label=choice.label, topic=choice.topic, picture=picture)


def _person(message: InboxMessage) -> PersonEntry:
    # Its place among the messages; when it came in may be an earlier moment, by a clock set back.
    return PersonEntry(id=message.id, text=message.text or "", at=message.sent_at)
