"""Put rendered words into the tables."""

from collections.abc import Iterable
from datetime import datetime

from api.chat.conversations.models import Choice, Reply
from api.chat.conversations.repository import ConversationRepository
from api.chat.rendering import Button, Rendered
from api.kit.ids import new_id


async def write_replies(
    conversations: ConversationRepository,
    conversation_id: str,
    message_id: str | None,
    rendered: Iterable[Rendered],
    now: datetime,
) -> list[Reply]:
    """Add replies and their choices to the transaction; `message_id` is None for the greeting."""
    replies = []
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
        await conversations.add(reply)
        replies.append(reply)
        await conversations.add(*(_choice(reply, *placed) for placed in enumerate(each.choices)))
    return replies


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
