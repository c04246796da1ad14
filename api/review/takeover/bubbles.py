"""A conversation as one row of bubbles, and what of it a page does not show yet."""

from api.chat.conversations.said import Said
from api.chat.inbox.models import InboxMessage
from api.review.conversations.service import Transcript

PERSON, BOT = "person", "bot"
Bubble = tuple[str, InboxMessage | Said]
# An answer may come after a later message and stand before it: so one place is not enough.
_REMEMBERED = 10


def bubbles_since(shown: Transcript, since: str) -> tuple[list[Bubble], str]:
    """Return what a page that shows the bubbles `since` lacks, and what it shows with them.

    `since` is a page's latest ids, joined by points; empty for a page that shows nothing.
    """
    row, known = _row(shown), set(since.split("."))
    ids = [_id(each) for each in row]
    first = next((place for place, each in enumerate(ids) if each in known), 0)
    new = [each for each in row[first:] if _id(each) not in known]
    return new, ".".join(ids[-_REMEMBERED:])


def _row(shown: Transcript) -> list[Bubble]:
    row: list[Bubble] = [(BOT, said) for said in shown.opening]
    for turn in shown.turns:
        if turn.message.text is not None:
            row.append((PERSON, turn.message))
        row += [(BOT, said) for said in turn.said]
    return row


def _id(bubble: Bubble) -> str:
    each = bubble[1]
    return each.id if isinstance(each, InboxMessage) else each.reply.id
