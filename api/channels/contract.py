"""What a channel is: the one thing to read before adding another (docs/adding-a-channel.md).

An `Adapter` is pure: it checks who sent a request, reads what happened out of it, and turns
replies into what the platform shows. A `Sender` makes the calls. Everything in between is the
house's: recognising people, masking, the inbox, the order, the outbox, trying again.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from fastapi import APIRouter

from api.chat.bell import Bell
from api.chat.outbox.delivery import Delivered
from api.kit.clock import Clock
from api.kit.database import Database
from api.kit.sealing import Seal
from api.settings import Settings

# What a button of ours carries when it erases the conversation instead of choosing an answer.
ERASE = "erase"
_CHOICE = "choice:"


class Kind(StrEnum):
    """What an arrival's `content` is."""

    TEXT = "text"  # what the person wrote
    CHOICE = "choice"  # the id of the choice that was tapped
    ANSWER = "answer"  # the id of the answer that fits: no words came that could be understood
    ERASE = "erase"  # nothing; the person takes the conversation back
    WITHDRAWN = "withdrawn"  # the platform's id of the message that the person took back
    LEFT = "left"  # nothing; the person wants to hear no more


@dataclass(frozen=True)
class Arrival:
    """One thing that happened on a platform.

    `person` is the platform's own name for who speaks (for a thread: of the thread) and is never
    written down; `address` is where something can be sent to unasked, `way_back` how this one
    thing is answered. Both are kept sealed. `external_id` is the platform's id of the message.
    """

    event_id: str
    person: str
    kind: Kind
    content: str = ""
    sent_at: datetime | None = None
    external_id: str | None = None
    address: dict[str, str] = field(default_factory=dict)
    way_back: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Button:
    """A button; `data` comes back as it is when somebody taps it."""

    label: str
    data: str


@dataclass(frozen=True)
class Link:
    """An address on an allowed host."""

    label: str
    url: str


@dataclass(frozen=True)
class Utterance:
    """One reply in words. `private_link` leads to the form and is for the person alone."""

    text: str
    details: Sequence[str] = ()
    links: Sequence[Link] = ()
    buttons: Sequence[Button] = ()
    note: str = ""
    private_link: Link | None = None


@dataclass(frozen=True)
class Parcel:
    """All that a delivery needs. `sent` and `age` are the times since the message was
    sent and since it came in; the rest as in
    OutboxReply.
    """

    message_id: str
    replies: Sequence[Utterance]
    address: Mapping[str, str]
    way_back: Mapping[str, str]
    age: timedelta
    sent: timedelta
    begun: bool
    way: str | None = None
    doubtful: bool = False
    chosen: Sequence[Utterance] = ()
    label: str = ""


class Adapter(Protocol):
    """Pure: no clock, no network, no tables."""

    def verify(self, raw: bytes, headers: Mapping[str, str], now: datetime) -> bool:
        """Say whether the platform itself sent `raw`, in constant time. Never raises."""
        ...

    def parse(self, raw: bytes) -> list[Arrival]:
        """Return what happened, leaving out what concerns nobody.

        One odd event costs no other. Raises InvalidRequest where nothing can be read at all.
        """
        ...

    def render(self, replies: Sequence[Utterance]) -> list[dict[str, Any]]:
        """Return `replies` as the platform takes them, within its limits."""
        ...


class Sender(Protocol):
    """Makes the calls."""

    async def send(self, parcel: Parcel) -> Delivered:
        """Hand `parcel` over; raises TryAgain, Instead, Refused (api/chat/outbox/delivery.py)."""
        ...


@dataclass(frozen=True)
class House:
    """What the house lends to a channel while it is put together."""

    settings: Settings
    words: Mapping[str, str]
    clock: Clock
    database: Database
    seal: Seal
    bell: Bell


@dataclass(frozen=True)
class Way:
    """A channel that is in use. `loops` run beside the workers; `running` opens its client."""

    adapter: Adapter
    sender: Sender
    loops: Sequence[Callable[[], Awaitable[None]]] = ()
    running: Callable[[], AbstractAsyncContextManager[None]] | None = None


@dataclass(frozen=True)
class Channel:
    """A channel as the application registers it; `build` returns None where it is not set up."""

    name: str
    router: APIRouter
    build: Callable[[House], Way | None]


def choice_data(choice_id: str) -> str:
    """Return what the button of a choice carries."""
    return _CHOICE + choice_id


def tapped(data: str) -> tuple[Kind, str]:
    """Return what the tap on a button with `data` means; a strange one is an unknown choice."""
    if data == ERASE:
        return Kind.ERASE, ""
    return Kind.CHOICE, data.removeprefix(_CHOICE)[:64]
