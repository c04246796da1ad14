"""From what happened on a platform to the inbox: who it is, and what becomes of it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import structlog

from api.channels.contract import Arrival, Kind
from api.chat.conversations.models import Conversation
from api.chat.conversations.service import ConversationService
from api.chat.errors import ChoiceUnknown, TextEmpty, TextTooLong, TooManyRequests
from api.chat.inbox.service import InboxService, Incoming
from api.kit.errors import HelpbotError, Unauthorized
from api.kit.ids import as_key
from api.kit.sealing import Seal
from api.privacy.erasure.service import ErasureService
from api.privacy.erasure.withdrawal import Withdrawals

TOO_MANY = "too_many"
_ERASED = "conversation_erased"
# Nobody on these platforms sees an error page: what is wrong is said in the conversation.
_KIND_WORDS: dict[type[HelpbotError], str] = {
    ChoiceUnknown: "choice_gone",
    TextEmpty: "nothing_readable",
    TextTooLong: "text_too_long",
}

_log = structlog.get_logger()


class Reception:
    """The rules of arrival, the same for every platform."""

    def __init__(
        self,
        conversations: ConversationService,
        inbox: InboxService,
        erasure: ErasureService,
        withdrawals: Withdrawals,
        seal: Seal,
        settle: timedelta,
    ) -> None:
        """`settle` is how long a message waits for one that was sent before it."""
        self._conversations, self._inbox, self._erasure = conversations, inbox, erasure
        self._withdrawals, self._seal, self._settle = withdrawals, seal, settle

    async def take_all(self, channel: str, arrivals: Iterable[Arrival]) -> None:
        """Write everything down. What cannot be is refused as a whole, to be sent again."""
        for arrival in arrivals:
            await self._take(channel, arrival)

    async def _take(self, channel: str, arrival: Arrival) -> None:
        key = self._seal.person_key(channel, arrival.person)
        match arrival.kind:
            case Kind.LEFT:
                await self._forget(key)
            case Kind.WITHDRAWN:
                await self._withdraw(key, arrival)
            case Kind.ERASE:
                await self._erase(channel, key, arrival)
            case _:
                await self._accept(channel, key, arrival, self._incoming(arrival))

    async def _forget(self, key: str) -> None:
        conversation = await self._conversations.of_person(key)
        if conversation is not None:
            await self._erasure.erase(conversation, at_once=False)

    async def _withdraw(self, key: str, arrival: Arrival) -> None:
        conversation = await self._conversations.of_person(key)
        if conversation is not None:
            await self._withdrawals.withdraw(conversation, self._incoming(arrival), arrival.content)

    async def _erase(self, channel: str, key: str, arrival: Arrival) -> None:
        """Forget the conversation; the answer stands alone in a new one."""
        incoming = self._incoming(arrival)
        conversation = await self._conversations.of_person(key)
        if conversation is not None and not await self._inbox.knows(conversation, incoming):
            await self._erasure.erase(conversation, at_once=False)
        await self._accept(channel, key, arrival, incoming)

    async def _accept(self, channel: str, key: str, arrival: Arrival, incoming: Incoming) -> None:
        for _ in range(3):
            conversation = await self._conversations.of_person(key)
            if conversation is None:
                address = self._seal.close(arrival.address)
                conversation = await self._conversations.begin(channel, key, address)
            try:
                await self._write(conversation, arrival, incoming)
            except Unauthorized:
                continue  # erased between the two steps: begin again
            return
        raise Unauthorized("erased again and again")

    async def _write(
        self, conversation: Conversation, arrival: Arrival, incoming: Incoming
    ) -> None:
        try:
            await self._inbox.accept(conversation, incoming)
        except TooManyRequests:
            await self._slow_down(conversation, arrival, incoming)
        except (ChoiceUnknown, TextEmpty, TextTooLong) as error:
            instead = self._incoming(arrival, answer=_KIND_WORDS[type(error)])
            await self._inbox.accept(conversation, instead)

    async def _slow_down(
        self, conversation: Conversation, arrival: Arrival, incoming: Incoming
    ) -> None:
        """Say it once a minute; the rest of a flood is written down and met with silence."""
        if not await self._inbox.ignored_lately(conversation, TOO_MANY):
            told = replace(self._incoming(arrival, answer=TOO_MANY), last_word=True)
            await self._inbox.accept(conversation, told)
            arrival_again = Incoming(f"{incoming.event_id}+")
            await self._inbox.ignore(conversation, arrival_again, TOO_MANY)
            return
        await self._inbox.ignore(conversation, incoming, TOO_MANY)

    def _incoming(self, arrival: Arrival, answer: str | None = None) -> Incoming:
        kind, content = arrival.kind, arrival.content
        if kind is Kind.ERASE:
            answer = _ERASED
        elif kind is Kind.ANSWER:
            answer = content
        return Incoming(
            event_id=as_key(arrival.event_id),
            text=content if kind is Kind.TEXT and not answer else None,
            choice_id=content if kind is Kind.CHOICE and not answer else None,
            answer=answer,
            sent_at=arrival.sent_at,
            external_id=as_key(arrival.external_id) if arrival.external_id else None,
            return_address=self._seal.close(arrival.way_back) if arrival.way_back else None,
            settle=self._settle,
        )
