"""The public chat API's shapes. Stable: others write clients against them."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, model_validator

# What the validator below demands, said so that others' tools understand it too.
_SAID = {"type": "string"}
_ONE_OF_BOTH: dict[str, Any] = {
    "oneOf": [
        {"required": ["text"], "properties": {"text": _SAID, "choice_id": {"type": "null"}}},
        {"required": ["choice_id"], "properties": {"choice_id": _SAID, "text": {"type": "null"}}},
    ]
}


class OpenConversation(BaseModel):
    """Body of `POST /chat/conversations`; may be left out."""

    model_config = ConfigDict(extra="forbid")

    channel: Literal["web"] = "web"


class SendMessage(BaseModel):
    """Body of `POST /chat/conversations/{id}/messages`."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_ONE_OF_BOTH)

    client_message_id: str = Field(min_length=1, max_length=200)
    text: str | None = None
    choice_id: str | None = Field(default=None, max_length=200)

    @model_validator(mode="after")
    def _exactly_one(self) -> "SendMessage":
        if (self.text is None) == (self.choice_id is None):
            raise ValueError("exactly one of text and choice_id")
        return self


class GiveFeedback(BaseModel):
    """Body of `POST …/replies/{reply_id}/feedback`."""

    model_config = ConfigDict(extra="forbid")

    solved: StrictBool
    comment: str | None = None


class Erased(BaseModel):
    """The conversation is gone; the receipt is all that stays."""

    receipt: str


class ChoiceOut(BaseModel):
    """A button. `topic` is the intent it leads to, `picture` the name of a drawing, if any."""

    id: str
    label: str
    topic: str
    picture: str | None = None


class LinkOut(BaseModel):
    """An address on an allowed host."""

    label: str
    url: str


class SourceOut(BaseModel):
    """The official page the words rest on, and how fresh that is."""

    url: str
    source_date: str | None
    read_on: str
    verified_live_on: str | None


class EasyOut(BaseModel):
    """The same in やさしい日本語, with a reading in brackets behind each kanji."""

    text: str
    details: list[str]


class ReplyOut(BaseModel):
    """One reply. `text` is the first step; `details` unfold."""

    id: str
    in_reply_to: str | None
    text: str
    details: list[str]
    easy: EasyOut | None = None
    topics: list[str]
    answer_id: str
    answer_version: str
    choices: list[ChoiceOut]
    links: list[LinkOut]
    source: SourceOut | None
    private: bool
    created_at: datetime


class ConversationOut(BaseModel):
    """A new conversation. The token is shown this once."""

    conversation_id: str
    token: str
    replies: list[ReplyOut]


class PrivateOut(BaseModel):
    """What this browser alone may see now; empty for any other.

    A reply has the id of the one in the conversation that stands in its place.
    """

    replies: list[ReplyOut]


class MemoOut(BaseModel):
    """The address of the page to print."""

    url: str


class Accepted(BaseModel):
    """The message is written down and will be answered."""

    message_id: str


class Answered(BaseModel):
    """The message and its answer."""

    message_id: str
    outcome: Literal["answered", "apologised", "handed_over", "ignored"]
    replies: list[ReplyOut]


class PersonEntry(BaseModel):
    """What the person wrote, masked, or the label of the choice they took."""

    id: str
    sender: Literal["person"] = Field(default="person", alias="from", serialization_alias="from")
    text: str
    at: datetime


class BotEntry(ReplyOut):
    """What the bot or a person of the staff said, with the fields of a reply."""

    sender: Literal["bot", "staff"] = Field(default="bot", alias="from", serialization_alias="from")
    at: datetime


class HistoryOut(BaseModel):
    """Both sides in order of time."""

    messages: list[PersonEntry | BotEntry]


class ErrorOut(BaseModel):
    """Every refusal."""

    error: str
    message: str
    receipt: str
