"""Ready once the engine has answered a message, not merely once a port is open."""

import asyncio

import structlog

from api.chat.engine.protocol import Ask, Engine, EngineFailed
from api.kit.ids import new_id

_PAUSE_SECONDS = 1.0

_log = structlog.get_logger()


class Readiness:
    """Sends warm-up messages until one is answered."""

    def __init__(self, engine: Engine, warm_up: str) -> None:
        self._engine, self._warm_up = engine, warm_up
        self.ready = False

    async def run(self) -> None:
        """Try until it works; each try is a conversation of its own."""
        while not self.ready:
            try:
                await self._engine.turn(Ask(new_id("warmup"), new_id("m"), "web", self._warm_up))
                self.ready = True
                _log.info("ready")
            except EngineFailed:
                await asyncio.sleep(_PAUSE_SECONDS)
