"""Train beside the running model, in a process and an environment of its own."""

import asyncio
import json
import sys
from collections.abc import Sequence
from typing import Any, Protocol

import structlog

from api.content.catalogue import DATA

_log = structlog.get_logger()
_ROOT = DATA.parent


class TrainingFailed(Exception):
    """No model came out."""


class Trainer(Protocol):
    """Makes a model and compares it."""

    async def train(self, job: dict[str, Any]) -> dict[str, Any]:
        """Return file, model id, data hash and scores; raises TrainingFailed."""
        ...


class ProcessTrainer:
    """Runs `tools.teach`; sentences go in and figures come out by pipe, not by file name."""

    def __init__(self, command: Sequence[str] = (sys.executable, "-m", "tools.teach")) -> None:
        self._command = command

    async def train(self, job: dict[str, Any]) -> dict[str, Any]:
        """See Trainer.train."""
        process = await asyncio.create_subprocess_exec(
            *self._command,
            cwd=_ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            out, error = await process.communicate(json.dumps(job).encode())
        except asyncio.CancelledError:
            process.kill()
            raise
        if process.returncode:
            _log.error("training_failed", detail=error.decode(errors="replace")[-500:])
            raise TrainingFailed(f"exit code {process.returncode}")
        result: dict[str, Any] = json.loads(out)
        return result
