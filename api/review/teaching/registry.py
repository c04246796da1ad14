"""Models: try, adopt, go back, and keep the servers on the one that was adopted."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import structlog

from api.kit.clock import Clock
from api.kit.database import Database
from api.kit.errors import NotFound
from api.kit.ids import new_id
from api.review.audit.service import AuditService
from api.review.queue.repository import QueueRepository
from api.review.staff.service import Visitor
from api.review.teaching.errors import NothingToTry, SwapFailed, TrainingRuns
from api.review.teaching.models import FAILED, READY, RETIRED, SERVING, TRAINING, TrainedModel
from api.review.teaching.repository import TeachingRepository
from api.review.teaching.servers import Loaded, ModelServers
from api.review.teaching.trainer import Trainer, TrainingFailed

_log = structlog.get_logger()
_LONGEST_TRAINING = timedelta(minutes=20)


class ModelRegistry:
    """The rules of models. `base` is the file that this tree's data makes."""

    def __init__(
        self,
        database: Database,
        servers: ModelServers,
        trainer: Trainer,
        audit: AuditService,
        clock: Clock,
        base: str,
    ) -> None:
        self._database, self._servers, self._trainer = database, servers, trainer
        self._audit, self._clock, self._base = audit, clock, base
        self._tasks: set[asyncio.Task[None]] = set()

    async def models(self) -> Sequence[TrainedModel]:
        """Return the registry, the newest first."""
        async with self._database.reading() as session:
            return await TeachingRepository(session).models()

    async def model(self, row_id: str) -> TrainedModel:
        """Return one model; raises NotFound."""
        async with self._database.reading() as session:
            row = await TeachingRepository(session).model(row_id)
        if row is None:
            raise NotFound("model")
        return row

    async def attempt(self, visitor: Visitor) -> str:
        """Begin to train with what was accepted; return the registry's id.

        Raises TrainingRuns and NothingToTry.
        """
        async with self._database.transaction() as session:
            teaching = TeachingRepository(session)
            await teaching.give_up(self._clock() - _LONGEST_TRAINING)
            if await teaching.training():
                raise TrainingRuns()
            accepted = await teaching.accepted()
            if not accepted:
                raise NothingToTry()
            serving = await teaching.serving()
            row = self._row(TRAINING, taught=len(accepted), by=visitor.id)
            await teaching.add(row)
            await self._audit.add(session, visitor.id, "model_tried", row.id)
            judged = await QueueRepository(session).corrected()
            job = {
                "candidates": [{"topic": each.topic, "text": each.text} for each in accepted],
                "judged": [list(each) for each in judged],
                "before": (serving.file if serving else None) or self._base,
            }
        self._keep(asyncio.create_task(self._train(row.id, job)))
        return row.id

    def _row(self, state: str, *, taught: int = 0, by: str | None = None) -> TrainedModel:
        return TrainedModel(
            id=new_id("t"), state=state, base=self._base, taught=taught, started_by=by,
            started_at=self._clock(), scores=None,
        )  # fmt: skip

    def _keep(self, task: asyncio.Task[None]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _train(self, row_id: str, job: dict[str, Any]) -> None:
        try:
            result: dict[str, Any] = await self._trainer.train(job)
            values = {"state": READY, **result}
        except (TrainingFailed, OSError, ValueError) as failure:
            _log.error("training_failed", detail=type(failure).__name__)
            values = {"state": FAILED}
        async with self._database.transaction() as session:
            row = await TeachingRepository(session).model(row_id)
            if row and row.state == TRAINING:
                for name, value in {**values, "finished_at": self._clock()}.items():
                    setattr(row, name, value)

    async def adopt(self, row_id: str, visitor: Visitor) -> None:
        """Serve a model, the same for going back to an earlier one; raises SwapFailed.

        The servers answer with the old model until the new one is in memory, so no turn is lost;
        the registry changes only once each server has named the new one's id.
        """
        row = await self.model(row_id)
        if row.state not in (READY, RETIRED, SERVING) or not row.file:
            raise NotFound("model")
        if not _all_serve(await self._servers.load(row.file), row):
            await self._go_back()
            raise SwapFailed(row.file)
        async with self._database.transaction() as session:
            teaching = TeachingRepository(session)
            current = await teaching.model(row_id)
            assert current is not None
            await teaching.serve(current, self._clock())
            await self._audit.add(session, visitor.id, "model_adopted", row_id)

    async def _go_back(self) -> None:
        async with self._database.reading() as session:
            serving = await TeachingRepository(session).serving()
        if serving and serving.file:
            await self._servers.load(serving.file)

    async def step(self) -> bool:
        """Know the model that serves; put back the adopted one where a server was restarted."""
        loaded = [each for each in await self._servers.loaded() if each]
        if not loaded:
            return False
        async with self._database.reading() as session:
            serving = await TeachingRepository(session).serving()
        if serving is None or serving.base != self._base:
            await self._register(loaded[0])
        elif serving.file and any(each.file != serving.file for each in loaded):
            _log.warning("model_put_back", file=serving.file)
            await self._servers.load(serving.file)
        return False

    async def _register(self, loaded: Loaded) -> None:
        """Write the tree's own model down, the first time or after the tree has changed."""
        async with self._database.transaction() as session:
            teaching = TeachingRepository(session)
            serving = await teaching.serving()
            if serving and serving.base == self._base:
                return  # Another gateway was quicker.
            row = self._row(SERVING)
            row.file, row.model_id = loaded.file, loaded.model_id
            row.data_hash = loaded.file.removeprefix("helpbot-").removesuffix(".tar.gz")
            await teaching.add(row)
            await teaching.serve(row, self._clock())


def _all_serve(loaded: list[Loaded | None], row: TrainedModel) -> bool:
    return bool(loaded) and all(
        each is not None and (each.file, each.model_id) == (row.file, row.model_id)
        for each in loaded
    )
