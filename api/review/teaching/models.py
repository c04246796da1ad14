"""Tables of teaching."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.chat.base import GatewayBase

OPEN, ACCEPTED, REJECTED = "open", "accepted", "rejected"
TRAINING, READY, FAILED, SERVING, RETIRED = "training", "ready", "failed", "serving", "retired"


class Candidate(GatewayBase):
    """A sentence that staff wrote. Nothing leads back to the person who was misunderstood."""

    __tablename__ = "candidates"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    topic: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16), index=True)
    folded: Mapped[int]
    written_by: Mapped[str] = mapped_column(String(64))
    written_at: Mapped[datetime]


class TrainedModel(GatewayBase):
    """A model and how well it does. `base` is the file of the tree it was made from."""

    __tablename__ = "models"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    state: Mapped[str] = mapped_column(String(16), index=True)
    file: Mapped[str | None] = mapped_column(String(200))
    model_id: Mapped[str | None] = mapped_column(String(64))
    data_hash: Mapped[str | None] = mapped_column(String(64))
    base: Mapped[str] = mapped_column(String(200))
    taught: Mapped[int]
    scores: Mapped[dict[str, Any] | None]
    started_by: Mapped[str | None] = mapped_column(String(64))
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    adopted_at: Mapped[datetime | None]
