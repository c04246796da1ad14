"""What the bot remembers of what it said: a few columns, not whole rows with all their words."""

from typing import Any, NamedTuple


class Remembered(NamedTuple):
    """One reply. `in_reply_to` is None for the greeting."""

    answer_id: str
    in_reply_to: str | None
    private: bool
    text: str


class Asked(NamedTuple):
    """A reply as the next message is read in its light; its buttons with label and payload."""

    id: str
    in_reply_to: str | None
    topics: list[str]
    buttons: list[tuple[str, dict[str, Any]]]
