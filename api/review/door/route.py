"""Errors of the console become pages, not JSON."""

from collections.abc import Callable, Coroutine
from typing import Any

import structlog
from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute

from api.kit.errors import HelpbotError, InvalidRequest
from api.kit.trace import current_receipt
from api.review.staff.errors import SignInNeeded
from api.wiring import services_of

_log = structlog.get_logger()
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class StaffRoute(APIRoute):
    """An address of the console."""

    def get_route_handler(self) -> Handler:
        """Return the handler with our own error pages around it."""
        inner = super().get_route_handler()

        async def handler(request: Request) -> Response:
            try:
                return await inner(request)
            except SignInNeeded as error:
                return _lead_to(request, error.to)
            except HelpbotError as error:
                return _page(request, error)
            except RequestValidationError:
                return _page(request, InvalidRequest("schema"))

        return handler


def _lead_to(request: Request, address: str) -> Response:
    """Send the browser there; a part of a page that is being renewed takes the whole page along."""
    if request.headers.get("hx-request"):
        return Response(status_code=204, headers={"HX-Redirect": address})
    return RedirectResponse(address, status_code=303)


def _page(request: Request, error: HelpbotError) -> Response:
    wired, receipt = services_of(request), current_receipt()
    _log.warning("staff_problem", code=error.code, detail=error.detail, receipt=receipt)
    sentence = wired.sentences[error.code]
    return wired.review.pages.page(
        "problem.html", None, error.status, sentence=sentence, receipt=receipt
    )
