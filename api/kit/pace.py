"""Answer no sooner than a floor, so that a quick answer does not tell what was looked up."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


@asynccontextmanager
async def at_least(seconds: float) -> AsyncIterator[None]:
    """Leave the block `seconds` after it was entered, or later; a failure waits as well."""
    began = time.monotonic()
    try:
        yield
    finally:
        await asyncio.sleep(max(0.0, began + seconds - time.monotonic()))
