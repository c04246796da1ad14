"""From Slack's events and interactions to arrivals. Pure."""

from datetime import UTC, datetime
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from api.channels.body import read_json
from api.channels.contract import Arrival, Kind, tapped
from api.channels.slack.schemas import Action, Envelope, Event, Interaction
from api.channels.slack.text import plain
from api.kit.ids import digest

Model = TypeVar("Model", bound=BaseModel)
_DIRECT = "im"
_SLACKBOT = "USLACKBOT"
_FILE, _OTHER = "file_received", "other_received"
_LATEST = 4_000_000_000.0


def challenge(raw: bytes) -> str | None:
    """Return what Slack wants to hear back when the address is entered, else None."""
    envelope = _read(read_json(raw), Envelope)
    return envelope.challenge if envelope.type == "url_verification" else None


def parse_event(raw: bytes) -> list[Arrival]:
    """Return what was said to us; nothing for bots, edits and what is not meant for us.

    Raises InvalidRequest for what is no JSON.
    """
    envelope = _read(read_json(raw), Envelope)
    event = envelope.event
    if envelope.type != "event_callback" or not _is_for_us(event):
        return []
    kind, content = Kind.TEXT, plain(event.text)
    if not content:
        kind, content = Kind.ANSWER, _FILE if event.files else _OTHER
    arrival = Arrival(
        event_id=envelope.event_id or digest(event.model_dump_json()),
        person=_talk(envelope.team_id, event.channel, _thread(event)),
        kind=kind,
        content=content,
        sent_at=_moment(event.ts),
        # A mention in a direct message comes as two events about one message.
        external_id=f"{event.channel}:{event.ts}",
        address={"channel": event.channel, "thread": _thread(event), "user": event.user},
        way_back={"user": event.user},
    )
    return [arrival]


def parse_interaction(raw: bytes) -> list[Arrival]:
    """Return the tapped buttons of ours; raises InvalidRequest for what is no JSON."""
    interaction = _read(read_json(raw), Interaction)
    if interaction.type != "block_actions" or not interaction.channel.id:
        return []
    return [_tap(interaction, action) for action in interaction.actions if action.value]


def _tap(interaction: Interaction, action: Action) -> Arrival:
    channel, user = interaction.channel.id, interaction.user.id
    kind, content = tapped(action.value)
    shown = interaction.message
    # In a direct message the talk has no thread, in a channel its root is the thread.
    thread = "" if channel.startswith("D") else shown.thread_ts or shown.ts
    way_back = {"user": user, "shown": shown.ts}
    if kind is Kind.CHOICE:
        way_back["choice"] = content
    elif kind is Kind.ERASE:
        # What was said under the button is in no table any more.
        way_back["label"] = action.text.text
    return Arrival(
        event_id=f"{action.action_ts}:{action.action_id}:{user}",
        person=_talk(interaction.team.id, channel, thread),
        kind=kind,
        content=content,
        sent_at=_moment(action.action_ts),
        address={"channel": channel, "thread": thread, "user": user},
        way_back=way_back,
    )


def _is_for_us(event: Event) -> bool:
    direct = event.type == "message" and event.channel_type == _DIRECT
    if not (direct or event.type == "app_mention") or not (event.channel and event.ts):
        return False
    ours_or_edit = event.bot_id or event.user in {"", _SLACKBOT}
    return not ours_or_edit and event.subtype in {"", "file_share"}


def _thread(event: Event) -> str:
    """Return the root of the thread; a direct message is one conversation without threads."""
    if event.channel_type == _DIRECT or event.channel.startswith("D"):
        return ""
    return event.thread_ts or event.ts


def _talk(team: str, channel: str, thread: str) -> str:
    return f"{team}:{channel}:{thread}"


def _moment(ts: str) -> datetime | None:
    try:
        seconds = float(ts)
    except ValueError:
        return None
    return datetime.fromtimestamp(seconds, UTC) if 0 < seconds < _LATEST else None


def _read(body: Any, model: type[Model]) -> Model:
    try:
        return model.model_validate(body if isinstance(body, dict) else {})
    except (ValidationError, RecursionError):
        return model()
