"""The application of the accounts process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI

from api.accounts.audit.middleware import Audit
from api.accounts.directory import Directory, read_persons
from api.accounts.endpoints import open_router, router
from api.accounts.logins import endpoints as logins
from api.accounts.logins.codes import Codes
from api.accounts.logins.service import LoginService, OtpRules
from api.accounts.pace import Paced
from api.accounts.post.letters import Carrier, Mailbox, Smtp, Writer
from api.accounts.post.office import PostOffice
from api.accounts.service import AccountService
from api.accounts.settings import Settings
from api.accounts.tries import LockRules
from api.kit import problems
from api.kit.body import BODY_LIMIT
from api.kit.clock import Clock, utc_now
from api.kit.database import Database
from api.kit.doorway import Doorway
from api.kit.sentences import ERRORS, load_sentences
from api.kit.trace import Traced

_DESCRIPTION = """\
A mock: it knows demo persons only, and every account value says `sample: true`.
It is not connected to any real registration."""
_WORDS = ERRORS.with_name("mail.yml")


def create_app(settings: Settings, clock: Clock = utc_now) -> FastAPI:
    """Return the app; it neither creates tables nor touches the database until asked."""
    database = Database(settings.accounts_database_url, direct=True)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        carrying = asyncio.create_task(app.state.post.run())
        yield
        carrying.cancel()
        with suppress(asyncio.CancelledError):
            await carrying
        await database.close()

    app = FastAPI(
        title="Mock account API", version="0.1.0", description=_DESCRIPTION, lifespan=lifespan
    )
    app.state.settings = settings
    _wire(app, settings, database, clock)
    for each in (open_router, router, logins.router):
        app.include_router(each)
    app.add_middleware(Doorway, sentences=load_sentences(), limit=BODY_LIMIT)
    app.add_middleware(Audit, database=database, clock=clock)
    app.add_middleware(Paced)
    app.add_middleware(Traced, believes=True)
    problems.install(app, load_sentences())
    return app


def _wire(app: FastAPI, settings: Settings, database: Database, clock: Clock) -> None:
    key = settings.accounts_token.get_secret_value()
    directory = Directory(read_persons(), key)
    locks = LockRules(settings.lock_after, settings.lock_ceiling, settings.lock_time)
    app.state.mailbox = Mailbox()
    writer = Writer(load_sentences(_WORDS), settings.otp_minutes)
    app.state.post = PostOffice(writer, _carrier(settings, app.state.mailbox))
    app.state.service = AccountService(database, directory, locks, clock)
    app.state.logins = LoginService(
        database, directory, Codes(key), app.state.post, locks, _otp_rules(settings), clock
    )


def _carrier(settings: Settings, mailbox: Mailbox) -> Carrier:
    """Return SMTP in `live` only: what a demo sends stays in the house."""
    if settings.account_mode == "live" and settings.smtp_url:
        return Smtp(settings.smtp_url.get_secret_value(), settings.smtp_sender)
    return mailbox


def _otp_rules(settings: Settings) -> OtpRules:
    return OtpRules(settings.otp_life, settings.resend_pause, settings.resends_an_hour)
