"""Parent of the gateway's tables."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKeyConstraint
from sqlalchemy.orm import DeclarativeBase

from api.kit.database import UtcDateTime, new_metadata


class GatewayBase(DeclarativeBase):
    """Declarative base of the gateway's own database."""

    metadata = new_metadata()
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        # Nothing is NULL, not the JSON word for it.
        dict[str, Any]: JSON(none_as_null=True),
        list[str]: JSON,
    }


def of_message() -> ForeignKeyConstraint:
    """Tie `message_id` to a message of the row's own conversation.

    The conversation leads the keys of all that belongs to one, and goes along where one row refers
    to another: so a database that is spread over machines by conversations finds both on one.
    """
    return ForeignKeyConstraint(
        ["conversation_id", "message_id"], ["inbox.conversation_id", "inbox.id"]
    )
