"""Queries of teaching."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.review.teaching.models import (
    ACCEPTED,
    FAILED,
    RETIRED,
    SERVING,
    TRAINING,
    Candidate,
    TrainedModel,
)


class TeachingRepository:
    """Reads and writes through one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, row: Candidate | TrainedModel) -> None:
        """Write `row`."""
        self._session.add(row)
        await self._session.flush()

    async def candidate(self, candidate_id: str) -> Candidate | None:
        """Return a candidate."""
        return await self._session.get(Candidate, candidate_id)

    async def candidates(self, *states: str) -> Sequence[Candidate]:
        """Return the candidates in some states, or all, the newest first."""
        query = select(Candidate).order_by(Candidate.written_at.desc(), Candidate.id)
        if states:
            query = query.where(Candidate.state.in_(states))
        return (await self._session.scalars(query)).all()

    async def accepted(self) -> Sequence[Candidate]:
        """Return what is to be taught."""
        return await self.candidates(ACCEPTED)

    async def model(self, row_id: str) -> TrainedModel | None:
        """Return a model of the registry."""
        return await self._session.get(TrainedModel, row_id)

    async def models(self) -> Sequence[TrainedModel]:
        """Return the registry, the newest first."""
        query = select(TrainedModel).order_by(TrainedModel.started_at.desc())
        return (await self._session.scalars(query)).all()

    async def serving(self) -> TrainedModel | None:
        """Return the model that should serve."""
        query = select(TrainedModel).where(TrainedModel.state == SERVING)
        return (await self._session.scalars(query)).first()

    async def training(self) -> TrainedModel | None:
        """Return the model that is being trained."""
        query = select(TrainedModel).where(TrainedModel.state == TRAINING)
        return (await self._session.scalars(query)).first()

    async def give_up(self, before: datetime) -> None:
        """Mark trainings that began long ago as failed: whoever ran them is gone."""
        await self._session.execute(
            update(TrainedModel)
            .where(TrainedModel.state == TRAINING, TrainedModel.started_at < before)
            .values(state=FAILED)
        )

    async def serve(self, row: TrainedModel, now: datetime) -> None:
        """Make `row` the one that serves."""
        await self._session.execute(
            update(TrainedModel).where(TrainedModel.state == SERVING).values(state=RETIRED)
        )
        row.state, row.adopted_at = SERVING, now
        await self._session.flush()
