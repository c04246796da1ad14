"""One model beside the running one, in a process of its own that ends when nobody talks."""

import asyncio
import json
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog

from api.chat.engine.protocol import Ask, EngineFailed, Turn
from api.chat.engine.rasa import as_body, read_turn
from api.kit.clock import Clock

_log = structlog.get_logger()
_IDLE = timedelta(minutes=10)
# Loading takes some 15 seconds, on a busy machine several times as long.
_LOADING_SECONDS, _TURN_SECONDS = 90.0, 10.0


class GuestModel:
    """Holds the process: one at a time, since a model in memory is more than half a gigabyte."""

    def __init__(
        self, clock: Clock, command: Sequence[str] = (sys.executable, "-m", "tools.guest")
    ) -> None:
        self._clock, self._command = clock, command
        self._process: asyncio.subprocess.Process | None = None
        self._file, self._used = "", datetime.min
        self._alone = asyncio.Lock()

    async def turn(self, file: str, ask: Ask) -> Turn:
        """Return what the model in `file` makes of a message; raises EngineFailed."""
        async with self._alone:
            self._used = self._clock()
            turn = None
            try:
                turn = read_turn(await self._answer(file, as_body(ask)))
            except (OSError, TimeoutError, ValueError, KeyError, TypeError) as error:
                raise EngineFailed(type(error).__name__) from error
            finally:
                # An answer that comes later would be taken for the next one's.
                if turn is None:
                    await self.close()
            return turn

    async def step(self) -> bool:
        """End the process once nobody has talked for a while."""
        if self._process and not self._alone.locked() and self._clock() - self._used > _IDLE:
            await self.close()
        return False

    async def close(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process and process.returncode is None:
            process.kill()
            await process.wait()

    async def _answer(self, file: str, body: dict[str, Any]) -> Any:
        process = await self._serving(file)
        assert process.stdin
        process.stdin.write(f"{json.dumps(body)}\n".encode())
        await process.stdin.drain()
        return await _read(process, _TURN_SECONDS)

    async def _serving(self, file: str) -> asyncio.subprocess.Process:
        if self._process and self._process.returncode is None and self._file == file:
            return self._process
        await self.close()
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            *self._command, file, stdin=pipe, stdout=pipe, stderr=asyncio.subprocess.DEVNULL
        )
        self._process, self._file = process, file
        await _read(process, _LOADING_SECONDS)
        _log.info("guest_model_up", file=file)
        return process


async def _read(process: asyncio.subprocess.Process, seconds: float) -> Any:
    """Return the next line's JSON; raises TimeoutError and ValueError."""
    assert process.stdout
    return json.loads(await asyncio.wait_for(process.stdout.readline(), seconds))
