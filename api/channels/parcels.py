"""Gather what a delivery needs: the words as they were said, and where they go."""

from collections.abc import Callable, Mapping, Sequence

from api.channels.contract import ERASE, Button, House, Link, Parcel, Utterance, choice_data
from api.chat.conversations.repository import ConversationRepository
from api.chat.conversations.said import Said
from api.chat.conversations.service import ConversationService
from api.chat.inbox.repository import InboxRepository
from api.chat.outbox.delivery import Refused
from api.chat.outbox.models import OutboxReply

_ERASES, _OPENING = "erase_conversation", "opening"
Words = Mapping[str, str]


class Parcels:
    """Reads the tables; private words are not in them, so none can get out."""

    def __init__(
        self,
        house: House,
        conversations: ConversationService,
        private_link: Callable[[str], Link],
        memo_link: Callable[[str], Link],
    ) -> None:
        """The last two turn an id into a link whose address no table holds."""
        self._database, self._conversations = house.database, conversations
        self._seal, self._words, self._clock = house.seal, house.words, house.clock
        self._private_link, self._memo_link = private_link, memo_link

    async def of(self, item: OutboxReply) -> Parcel:
        """Return the parcel for `item`; raises Refused when the conversation was erased."""
        async with self._database.reading() as session:
            inbox, conversations = InboxRepository(session), ConversationRepository(session)
            message = await inbox.get(item.conversation_id, item.message_id)
            conversation = await conversations.get(item.conversation_id)
            if message is None or conversation is None:
                raise Refused("erased")
            earlier = await inbox.of_conversation(conversation.id, latest=2)
        replies = await self._conversations.said_to(message)
        way_back = self._seal.open(message.return_address)
        is_first = len(earlier) == 1
        return Parcel(
            message_id=message.id,
            replies=self._introduced(replies) if is_first else self._all(replies),
            address=self._seal.open(conversation.address),
            way_back=way_back,
            age=self._clock() - message.received_at,
            sent=self._clock() - message.sent_at,
            begun=item.begun,
            way=item.way,
            doubtful=item.doubtful,
            chosen=await self._chosen(conversation.id, way_back.get("choice", "")),
            label=message.text or "",
        )

    async def _chosen(self, conversation_id: str, choice_id: str) -> list[Utterance]:
        """Return the replies whose button was tapped; nothing where none was."""
        if not choice_id:
            return []
        async with self._database.reading() as session:
            conversations = ConversationRepository(session)
            choice = await conversations.choice(conversation_id, choice_id)
            found = conversations.reply(conversation_id, choice.reply_id) if choice else None
            reply = await found if found else None
        if reply is None or reply.in_reply_to is None:
            return []
        return self._all(await self._conversations.said(conversation_id, reply.in_reply_to))

    def _all(self, said: Sequence[Said]) -> list[Utterance]:
        return [self._utterance(each) for each in said]

    def _introduced(self, said: Sequence[Said]) -> list[Utterance]:
        """Say first what this is, where nothing was said before."""
        first = Utterance(self._words["channel_first"])
        opens = any(each.reply.answer_id == _OPENING for each in said)
        return self._all(said) if opens else [first, *self._all(said)]

    def _utterance(self, said: Said) -> Utterance:
        body, words = said.reply.body, self._words
        links = [Link(each["label"], each["url"]) for each in body["links"]]
        if body.get("memo"):
            links.insert(0, self._memo_link(said.reply.conversation_id))
        buttons = [Button(each.label, choice_data(each.id)) for each in said.choices]
        if said.reply.answer_id == _ERASES:
            buttons.insert(0, Button(words["chat_erase"], ERASE))
        verification = body.get("verification")
        return Utterance(
            text=body["text"],
            details=body["details"],
            links=_with_source(links, body["source"], words["chat_source"]),
            buttons=buttons,
            note=_note(body["source"], words),
            private_link=self._private_link(verification) if verification else None,
        )


def _with_source(links: list[Link], source: Mapping[str, str] | None, label: str) -> list[Link]:
    if source is None or any(link.url == source["url"] for link in links):
        return links
    return [*links, Link(label, source["url"])]


def _note(source: Mapping[str, str | None] | None, words: Words) -> str:
    """Return how fresh the words are, the same as the website says it."""
    if source is None:
        return ""
    if source["source_date"]:
        return _day(source["source_date"], words) + words["chat_dated"]
    return _day(str(source["read_on"]), words) + words["chat_undated"]


def _day(iso: str, words: Words) -> str:
    """Return `2026-11-23`, or a month or year alone, as people write it."""
    numbers = [str(int(part)) for part in iso.split("-") if part.isdigit()]
    return "".join(
        number + unit for number, unit in zip(numbers, words["date_units"], strict=False)
    )
