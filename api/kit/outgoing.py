"""The HTTP clients of a process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
import httpx

# A server that hangs up after five idle seconds, as Sanic does, must not be written to just then.
# https://sanic.dev/en/guide/running/configuration.html
_KEPT_SECONDS = 4.0


@dataclass(frozen=True)
class Outgoing:
    """`http` for everything; `engine` for what each message goes through: the lighter one."""

    http: httpx.AsyncClient
    engine: aiohttp.ClientSession


def engine_session() -> aiohttp.ClientSession:
    """Return a client that is lighter than httpx, and can less."""
    connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=_KEPT_SECONDS)
    return aiohttp.ClientSession(connector=connector)


@asynccontextmanager
async def outgoing() -> AsyncIterator[Outgoing]:
    """Yield the clients; they are closed when the block ends."""
    async with httpx.AsyncClient() as http, engine_session() as engine:
        yield Outgoing(http, engine)
