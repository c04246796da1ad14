"""Tasks that do not wait for their turn."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


def begin(work: Coroutine[Any, Any, Result]) -> asyncio.Task[Result]:
    """Run `work` at once up to its first wait, and return the task that goes on with it.

    So a question is on its way to another process before this one does what it has to do meanwhile.
    """
    return asyncio.Task(work, loop=asyncio.get_running_loop(), eager_start=True)
