"""From a LINE webhook to arrivals. Pure.

The SDK's parser gives up a whole batch for one odd event; here each event stands for itself.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import ValidationError

from api.channels.body import read_json
from api.channels.contract import Arrival, Kind, tapped
from api.channels.line.schemas import Event, Message
from api.kit.ids import digest

# A message without words gets a kind answer of its own.
_WORDLESS = {
    "sticker": "sticker_received",
    "image": "image_received",
    "video": "image_received",
    "audio": "voice_received",
    "location": "location_received",
    "file": "file_received",
}
_OTHER = "other_received"
_GREETING, _RETURNED, _JOINED = "opening", "returned_from_form", "group_joined"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def parse(raw: bytes, back_text: str) -> list[Arrival]:
    """Return what happened. `back_text` is what 「LINEに戻る」 writes for the person.

    Raises InvalidRequest for what is no JSON. `events` may be empty or missing.
    """
    body = read_json(raw)
    events = body.get("events") if isinstance(body, dict) else None
    return list(_readable(events if isinstance(events, list) else [], back_text))


def _readable(events: list[Any], back_text: str) -> Iterator[Arrival]:
    for raw in events:
        try:
            arrival = _arrival(Event.model_validate(raw), back_text)
        except (ValidationError, RecursionError):
            continue
        if arrival is not None:
            yield arrival


def _arrival(event: Event, back_text: str) -> Arrival | None:
    """Return the arrival, or None for what is not meant for us or means nothing to us."""
    # In standby another module owns the chat, and has the answer.
    person = _person(event)
    if event.mode == "standby" or not person:
        return None
    meaning = _meaning(event, back_text)
    if meaning is None:
        return None
    kind, content = meaning
    return Arrival(
        event_id=event.webhook_event_id or digest(event.model_dump_json()),
        person=person,
        kind=kind,
        content=content,
        sent_at=_EPOCH + timedelta(milliseconds=event.timestamp) if event.timestamp else None,
        external_id=event.message.id or None,
        address={"to": person, "in": "group" if _place(event) else "user"},
        way_back={"token": event.reply_token} if event.reply_token else {},
    )


def _person(event: Event) -> str:
    """Return who speaks: a group has one conversation, so that leaving it forgets all of it."""
    return _place(event) or event.source.user_id


def _place(event: Event) -> str:
    return event.source.group_id or event.source.room_id


def _meaning(event: Event, back_text: str) -> tuple[Kind, str] | None:
    match event.type:
        case "message":
            return _message_meaning(event, back_text)
        case "postback":
            return tapped(event.postback.data)
        case "follow":
            return Kind.ANSWER, _GREETING
        case "join":
            return Kind.ANSWER, _JOINED
        case "unfollow" | "leave":
            return Kind.LEFT, ""
        case "unsend" if event.unsend.message_id:
            return Kind.WITHDRAWN, event.unsend.message_id
    return None


def _message_meaning(event: Event, back_text: str) -> tuple[Kind, str] | None:
    message = event.message
    if _place(event) and not any(each.is_self is True for each in message.mention.mentionees):
        return None
    if message.type != "text":
        return Kind.ANSWER, _WORDLESS.get(message.type, _OTHER)
    text = _without_our_name(message)
    return (Kind.ANSWER, _RETURNED) if text.strip() == back_text else (Kind.TEXT, text)


def _without_our_name(message: Message) -> str:
    """Cut the words that name us; LINE counts in UTF-16 units."""
    units = message.text.encode("utf-16-le", "surrogatepass")
    ours = [each for each in message.mention.mentionees if each.is_self is True]
    for each in sorted(ours, key=lambda named: named.index or 0, reverse=True):
        if each.index is not None and each.length is not None:
            units = units[: 2 * each.index] + units[2 * (each.index + each.length) :]
    return units.decode("utf-16-le", "ignore")
