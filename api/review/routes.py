"""All addresses of the console, and the files its pages load."""

from importlib.util import find_spec
from pathlib import Path

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.staticfiles import StaticFiles

from api.kit.trace import current_receipt
from api.review.answers import endpoints as answers
from api.review.audit import endpoints as audit
from api.review.conversations import endpoints as conversations
from api.review.dashboard import endpoints as dashboard
from api.review.export import endpoints as export
from api.review.guests import endpoints as guests
from api.review.notices import endpoints as notices
from api.review.queue import endpoints as queue
from api.review.staff import endpoints as staff
from api.review.takeover import endpoints as takeover
from api.review.teaching import endpoints as teaching
from api.review.unanswered import endpoints as unanswered
from api.wiring import services_of

PREFIX = "/staff"
NOUNS = (
    staff, conversations, export, queue, takeover, teaching, guests, unanswered, answers, notices,
    dashboard, audit,
)  # fmt: skip
_STATIC = Path(__file__).parent / "static"


def _htmx() -> Path:
    """Return the folder of htmx, which the package django-htmx carries; Django is not there."""
    found = find_spec("django_htmx")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "static" / "django_htmx"


async def _home() -> RedirectResponse:
    """Lead to the list, which asks who comes."""
    return RedirectResponse(f"{PREFIX}/conversations", status_code=303)


def astray(request: Request, sentence: str) -> Response:
    """Return the page for an address under /staff/ that is none, with the way back into it."""
    return services_of(request).review.pages.page(
        "problem.html", None, 404, sentence=sentence, receipt=current_receipt()
    )


def install(app: FastAPI) -> None:
    """Add the console to the gateway."""
    router = APIRouter(prefix=PREFIX, include_in_schema=False)
    for noun in NOUNS:
        router.include_router(noun.router)
    app.include_router(router)
    app.include_router(guests.guests)
    app.add_api_route(PREFIX, _home, include_in_schema=False)
    app.mount("/staff-static", StaticFiles(directory=_STATIC))
    app.mount("/staff-htmx", StaticFiles(directory=_htmx()))
