"""The application of the accounts process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from api.accounts.endpoints import open_router, router
from api.accounts.service import AccountService
from api.accounts.settings import Settings
from api.kit import problems
from api.kit.clock import Clock, utc_now
from api.kit.database import Database
from api.kit.sentences import load_sentences

_DESCRIPTION = """\
A mock: it knows demo persons only, and every account value says `sample: true`.
It is not connected to any real registration."""


def create_app(settings: Settings, clock: Clock = utc_now) -> FastAPI:
    """Return the app; it neither creates tables nor touches the database until asked."""
    database = Database(settings.accounts_database_url)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await database.close()

    app = FastAPI(
        title="Mock account API", version="0.1.0", description=_DESCRIPTION, lifespan=lifespan
    )
    app.state.settings = settings
    app.state.service = AccountService(database, settings.lock_time, clock)
    app.include_router(open_router)
    app.include_router(router)
    problems.install(app, load_sentences())
    return app
