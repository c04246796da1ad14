"""Parent of the gateway's tables."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON
from sqlalchemy.orm import DeclarativeBase

from api.kit.database import UtcDateTime, new_metadata


class GatewayBase(DeclarativeBase):
    """Declarative base of the gateway's own database."""

    metadata = new_metadata()
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        dict[str, Any]: JSON,
        list[str]: JSON,
    }
