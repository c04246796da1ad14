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
            try:
                process = await self._serving(file)
                body = await self._exchange(process, json.dumps(as_body(ask)), _TURN_SECONDS)
                return read_turn(body)
            except (OSError, TimeoutError, ValueError, KeyError, TypeError) as error:
                await self._end()
                raise EngineFailed(type(error).__name__) from error

    async def step(self) -> bool:
        """End the process once nobody has talked for a while."""
        if self._process and not self._alone.locked() and self._clock() - self._used > _IDLE:
            await self._end()
        return False

    async def close(self) -> None:
        """End the process."""
        await self._end()

    async def _serving(self, file: str) -> asyncio.subprocess.Process:
        if self._process and self._process.returncode is None and self._file == file:
            return self._process
        await self._end()
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            *self._command, file, stdin=pipe, stdout=pipe, stderr=asyncio.subprocess.DEVNULL
        )
        self._process, self._file = process, file
        await self._exchange(process, "", _LOADING_SECONDS)
        _log.info("guest_model_up", file=file)
        return process

    async def _exchange(
        self, process: asyncio.subprocess.Process, line: str, seconds: float
    ) -> dict[str, Any]:
        """Write a line, if there is one, and read one."""
        assert process.stdin
        assert process.stdout
        if line:
            process.stdin.write(f"{line}\n".encode())
            await process.stdin.drain()
        said = await asyncio.wait_for(process.stdout.readline(), seconds)
        body: dict[str, Any] = json.loads(said)
        return body

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process and process.returncode is None:
            process.kill()
            await process.wait()
