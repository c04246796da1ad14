"""A loop outlives whatever goes wrong in it."""

import asyncio
from typing import NoReturn

import pytest

from api.chat import loop
from api.chat.bell import Bell


class FullDisk:
    """A log on a disk that is full."""

    def error(self, *_: object, **__: object) -> NoReturn:
        raise OSError(28, "No space left on device")


async def test_a_loop_outlives_a_step_that_fails_and_a_log_that_cannot_be_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(loop, "_log", FullDisk())
    monkeypatch.setattr(loop, "_AFTER_FAILURE_SECONDS", 0.0)
    tries: list[int] = []
    again = asyncio.Event()

    async def step() -> bool:
        tries.append(1)
        if len(tries) > 1:
            again.set()
        raise ValueError

    running = asyncio.ensure_future(loop.forever(step, Bell()))
    await asyncio.wait_for(again.wait(), 5)
    running.cancel()
