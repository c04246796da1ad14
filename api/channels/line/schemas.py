"""The parts of LINE's events that we read. All else is let through unread: LINE adds fields and
kinds without notice (https://developers.line.biz/ja/docs/messaging-api/development-guidelines).
"""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


def _text(value: Any) -> str:
    """Return a text as it is and anything else as an empty one."""
    return value if isinstance(value, str) else ""


def _number(value: Any) -> int | None:
    ok = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53
    return value if ok else None


def _object(value: Any) -> Any:
    return value if isinstance(value, dict | BaseModel) else {}


def _objects(value: Any) -> list[Any]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


Text = Annotated[str, BeforeValidator(_text)]
Number = Annotated[int | None, BeforeValidator(_number)]


class _Lenient(BaseModel):
    model_config = ConfigDict(extra="ignore", populate_by_name=True)


class Source(_Lenient):
    """Who and where; groups and rooms may come without the user."""

    type: Text = ""
    user_id: Annotated[Text, Field(alias="userId")] = ""
    group_id: Annotated[Text, Field(alias="groupId")] = ""
    room_id: Annotated[Text, Field(alias="roomId")] = ""


class Mentionee(_Lenient):
    """Somebody named in a text; `index` and `length` are in UTF-16 units."""

    index: Number = None
    length: Number = None
    is_self: Annotated[Any, Field(alias="isSelf")] = False


class Mention(_Lenient):
    """Everybody named in a text."""

    mentionees: Annotated[list[Mentionee], BeforeValidator(_objects)] = []


class Message(_Lenient):
    """What was sent; only a text has words."""

    id: Text = ""
    type: Text = ""
    text: Text = ""
    mention: Annotated[Mention, BeforeValidator(_object)] = Mention()


class Postback(_Lenient):
    """A tapped button."""

    data: Text = ""


class Unsend(_Lenient):
    """The message that was taken back."""

    message_id: Annotated[Text, Field(alias="messageId")] = ""


class Event(_Lenient):
    """One event of a batch."""

    type: Text = ""
    mode: Text = ""
    webhook_event_id: Annotated[Text, Field(alias="webhookEventId")] = ""
    timestamp: Number = None
    reply_token: Annotated[Text, Field(alias="replyToken")] = ""
    source: Annotated[Source, BeforeValidator(_object)] = Source()
    message: Annotated[Message, BeforeValidator(_object)] = Message()
    postback: Annotated[Postback, BeforeValidator(_object)] = Postback()
    unsend: Annotated[Unsend, BeforeValidator(_object)] = Unsend()
