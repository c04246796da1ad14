"""The parts of Slack's envelopes that we read; all else is let through unread."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _object(value: Any) -> Any:
    return value if isinstance(value, dict | BaseModel) else {}


def _objects(value: Any) -> list[Any]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


Text = Annotated[str, BeforeValidator(_text)]


class _Lenient(BaseModel):
    model_config = ConfigDict(extra="ignore")


class Event(_Lenient):
    """Something said."""

    type: Text = ""
    subtype: Text = ""
    user: Text = ""
    bot_id: Text = ""
    text: Text = ""
    channel: Text = ""
    channel_type: Text = ""
    ts: Text = ""
    thread_ts: Text = ""
    files: Annotated[list[Any], BeforeValidator(_objects)] = []


class Envelope(_Lenient):
    """What arrives at the events address."""

    type: Text = ""
    challenge: Text = ""
    team_id: Text = ""
    event_id: Text = ""
    event: Annotated[Event, BeforeValidator(_object)] = Event()


class Named(_Lenient):
    """A user, a team or a channel."""

    id: Text = ""


class Shown(_Lenient):
    """The message with the button."""

    ts: Text = ""
    thread_ts: Text = ""


class Label(_Lenient):
    """What stands on a button."""

    text: Text = ""


class Action(_Lenient):
    """A tapped button; one with a link only has no value."""

    text: Annotated[Label, BeforeValidator(_object)] = Label()
    value: Text = ""
    action_ts: Text = ""
    action_id: Text = ""


class Interaction(_Lenient):
    """What arrives at the interactions address."""

    type: Text = ""
    user: Annotated[Named, BeforeValidator(_object)] = Named()
    team: Annotated[Named, BeforeValidator(_object)] = Named()
    channel: Annotated[Named, BeforeValidator(_object)] = Named()
    message: Annotated[Shown, BeforeValidator(_object)] = Shown()
    actions: Annotated[list[Action], BeforeValidator(_objects)] = []
