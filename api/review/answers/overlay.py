"""Lay approved words over the files' catalogue, in each process, every second."""

from datetime import date
from typing import cast
from zoneinfo import ZoneInfo

import structlog

from api.content.catalogue import Answer, Catalogue
from api.content.schemas import Source
from api.kit.clock import Clock
from api.kit.database import Database
from api.review.answers.errors import AnswerInvalid
from api.review.answers.models import AnswerVersion
from api.review.answers.repository import AnswerRepository
from api.review.answers.wording import rewritten

_TOKYO = ZoneInfo("Asia/Tokyo")
_log = structlog.get_logger()


class Overlay:
    """Changes the catalogue that everybody in this process reads."""

    def __init__(self, database: Database, catalogue: Catalogue, clock: Clock) -> None:
        self._database, self._catalogue, self._clock = database, catalogue, clock
        self.originals, self.sources = dict(catalogue.answers), dict(catalogue.sources)

    def today(self) -> date:
        """Return the day in Tokyo."""
        return self._clock().astimezone(_TOKYO).date()

    async def step(self) -> bool:
        """Bring the catalogue up to date."""
        async with self._database.reading() as session:
            answers = AnswerRepository(session)
            live = {each.answer_id: each for each in await answers.live(self.today())}
            checks = {each.source: each.checked_on for each in await answers.checks()}
        for answer_id, original in self.originals.items():
            version = live.get(answer_id)
            self._put(self._worded(original, version) if version else original)
        for name, source in self.sources.items():
            looked = {"verified_live_on": checks[name]} if name in checks else {}
            self._put_source(name, source.model_copy(update=looked))
        return False

    def _worded(self, original: Answer, version: AnswerVersion) -> Answer:
        """Return the version's words; the file's where these no longer fit a changed tree."""
        try:
            return rewritten(original, version.content, self._catalogue)
        except AnswerInvalid as error:
            _log.warning("answer_version_does_not_fit", answer=original.id, detail=error.detail)
            return original

    def _put(self, answer: Answer) -> None:
        answers = cast(dict[str, Answer], self._catalogue.answers)
        if answers[answer.id].version != answer.version:
            answers[answer.id] = answer

    def _put_source(self, name: str, source: Source) -> None:
        sources = cast(dict[str, Source], self._catalogue.sources)
        if sources[name] != source:
            sources[name] = source
