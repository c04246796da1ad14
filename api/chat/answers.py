"""Put rendered words into the tables."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from api.chat.conversations.models import Choice, Reply
from api.chat.conversations.repository import ConversationRepository
from api.chat.conversations.said import Said
from api.chat.rendering import Button, Rendered
from api.kit.ids import new_id

_NEXT = timedelta(microseconds=1)


async def write_replies(
    conversations: ConversationRepository,
    conversation_id: str,
    message_id: str | None,
    rendered: Iterable[Rendered],
    now: datetime,
) -> list[Said]:
    """Add replies and their choices to the transaction; `message_id` is None for the greeting.

    What is said later stands later, whatever the clock: who has read up to a reply asks for what
    is behind it.
    """
    if message_id is not None and (last := await conversations.last_said_at(conversation_id)):
        now = max(now, last + _NEXT)
    said = []
    for position, each in enumerate(rendered):
        reply = Reply(
            id=new_id("r"),
            conversation_id=conversation_id,
            in_reply_to=message_id,
            position=position,
            answer_id=each.answer.id,
            answer_version=each.answer.version,
            private=each.private,
            body=each.body,
            created_at=now,
        )
        choices = [_choice(reply, *placed) for placed in enumerate(each.choices)]
        await conversations.add(reply)
        await conversations.add(*choices)
        said.append(Said(reply, choices))
    return said


def _choice(reply: Reply, position: int, button: Button) -> Choice:
    return Choice(
        id=new_id("k"),
        conversation_id=reply.conversation_id,
        reply_id=reply.id,
        position=position,
        label=button.label,
        topic=button.topic,
        payload=button.payload,
    )
