"""The gateway: one FastAPI application and its background tasks."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp

from api.channels.contract import Channel
from api.channels.registry import CHANNELS
from api.channels.web import endpoints as web
from api.chat.bell import Bell
from api.chat.loop import forever
from api.kit import problems
from api.kit.clock import Clock, utc_now
from api.kit.doorway import Doorway
from api.kit.outgoing import outgoing
from api.kit.trace import Traced, current_receipt
from api.memo import endpoints as memo
from api.ops import endpoints as ops
from api.ops.readiness import Readiness
from api.pages.headers import SecurityHeaders
from api.review import routes as review
from api.settings import Settings
from api.verification import endpoints as verification
from api.widget import endpoints as widget
from api.widget.files import built_files
from api.widget.plain import endpoints as plain
from api.wiring import Services, read_sentences, wire

# For what is in hand when the process is stopped; the supervisor kills after eight.
_LAST_SECONDS = 4.0
_STATIC = Path(__file__).parent / "pages" / "static"


class _Gateway(FastAPI):
    """Has the headers around everything, around the framework's own failures too."""

    def __init__(self, settings: Settings, **options: Any) -> None:
        super().__init__(**options)
        self._settings = settings

    def build_middleware_stack(self) -> ASGIApp:
        """Return what a request goes through."""
        return SecurityHeaders(
            super().build_middleware_stack(),
            self._settings.frame_ancestors,
            encrypted=self._settings.public_url.startswith("https://"),
        )


def create_app(
    settings: Settings, clock: Clock = utc_now, channels: Sequence[Channel] = CHANNELS
) -> FastAPI:
    """Return the application; nothing is opened before its lifespan begins."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with outgoing() as clients:
            wired = wire(settings, clients, clock, channels)
            app.state.services = wired
            app.state.readiness = Readiness(wired.engines.main, wired.sentences["warm_up"])
            async with _running(wired, app.state.readiness):
                yield
            await wired.review.guests.model.close()
            await wired.database.close()
            await wired.replica.close()

    # The framework's own description page loads scripts from elsewhere: only the document stays.
    app = _Gateway(
        settings,
        title="Help bot: public chat API",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        # A redirect would repeat the Host that the client claims.
        redirect_slashes=False,
        form_limits={"max_fields": 100, "max_files": 0},
    )
    sentences = read_sentences()
    app.add_middleware(Doorway, sentences=sentences)
    app.add_middleware(Traced, believes=False)
    if settings.allowed_hosts:
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=settings.allowed_hosts)
    problems.install(app, sentences, _astray)
    routers = [each.router for each in (web, verification, memo, widget, plain, ops)]
    for router in [*routers, *(channel.router for channel in channels)]:
        app.include_router(router)
    app.mount("/static/widget", built_files(settings.widget_files))
    review.install(app)
    app.mount("/static", StaticFiles(directory=_STATIC))
    return app


def _astray(request: Request, sentence: str) -> Response:
    """Return a page with the sentence, a 受付番号 and a way back, for an address that is none."""
    if request.url.path.startswith("/staff/"):
        return review.astray(request, sentence)
    words = {"sentence": sentence, "seconds": 0, "phone": "", "receipt": current_receipt()}
    page: Response = request.app.state.services.pages.page("refusal.html", 404, **words)
    return page


@asynccontextmanager
async def _running(wired: Services, readiness: Readiness) -> AsyncIterator[None]:
    """Run the warm-up and, unless told otherwise, the workers and the relay."""
    async with AsyncExitStack() as clients:
        # Who does not work on answers sends none.
        works = wired.settings.worker == "on"
        for way in wired.platforms.ways.values():
            if works and way.running is not None:
                await clients.enter_async_context(way.running())
        tasks = [asyncio.ensure_future(loop) for loop in [readiness.run(), *_loops(wired)]]
        try:
            yield
        finally:
            await wired.at_once.finish(_LAST_SECONDS)
            for task in tasks:
                task.cancel()
            for task in tasks:
                with suppress(asyncio.CancelledError):
                    await task


def _loops(wired: Services) -> list[Awaitable[None]]:
    """Return what runs beside the requests; workers only where the settings want them."""
    loops: list[Awaitable[None]] = [
        forever(step, Bell(), idle=1.0)
        for step in (*wired.review.everywhere(), *wired.engines.steps)
    ]
    loops.append(wired.exchange.run())
    if wired.settings.worker == "on":
        loops += [wired.worker.run(), wired.relay.run()]
        loops += [loop() for way in wired.platforms.ways.values() for loop in way.loops]
        loops += [forever(wired.erasure.step, Bell())]
        loops += [forever(step, Bell(), idle=1.0) for step in wired.review.steps()]
        loops += [forever(wired.retention.step, Bell(), idle=60.0)]
    return loops
