"""Every failure leaves the house in one shape, with a sentence and a 受付番号."""

from collections.abc import Callable, Mapping

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import InterfaceError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from starlette.exceptions import HTTPException
from starlette.routing import Match

from api.kit.errors import BodyTooLarge, HelpbotError, InvalidRequest, NotFound, Unavailable
from api.kit.trace import current_receipt

Sentences = Mapping[str, str]
Page = Callable[[Request, str], Response]
_METHODS = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")
_log = structlog.get_logger()


class _MethodNotAllowed(HelpbotError):
    code, status = "method_not_allowed", 405


def _allowed(request: Request) -> list[str]:
    """Return every method of this address; the framework names those of one function only."""
    asked = [{**request.scope, "method": method} for method in _METHODS]
    routes = request.app.router.routes
    return [
        scope["method"]
        for scope in asked
        if any(route.matches(dict(scope))[0] is Match.FULL for route in routes)
    ]


def _from_http(error: HTTPException) -> HelpbotError:
    """Map the framework's own refusals, so that no English sentence reaches a person."""
    known = {404: NotFound, 405: _MethodNotAllowed, 413: BodyTooLarge}
    return known.get(error.status_code, InvalidRequest)(f"http {error.status_code}")


def _is_astray(request: Request, error: HTTPException) -> bool:
    """Say whether a person's browser asked for a page that is none."""
    return error.status_code == NotFound.status and "text/html" in request.headers.get("accept", "")


def _refused(request: Request, error: HTTPException, sentences: Sentences) -> JSONResponse:
    answer = problem(_from_http(error), sentences)
    answer.headers.update(error.headers or {})
    if error.status_code == _MethodNotAllowed.status:
        answer.headers["Allow"] = ", ".join(_allowed(request))
    return answer


def problem(error: HelpbotError, sentences: Sentences) -> JSONResponse:
    """Return the JSON answer for `error` and write its detail to the log under the receipt."""
    receipt = current_receipt()
    _log.warning("problem", code=error.code, detail=error.detail, receipt=receipt)
    headers = {"Retry-After": str(error.retry_after)} if error.retry_after else None
    body = {"error": error.code, "message": sentences[error.code], "receipt": receipt}
    return JSONResponse(body, status_code=error.status, headers=headers)


def install(app: FastAPI, sentences: Sentences, page: Page | None = None) -> None:
    """Register the handlers on `app`. `sentences` maps each error code to Japanese.

    `page` shows a browser that went astray a page in place of JSON.
    """

    async def known(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HelpbotError)
        return problem(error, sentences)

    async def framework(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if page and _is_astray(request, error):
            return page(request, sentences[NotFound.code])
        return _refused(request, error, sentences)

    async def invalid(_: Request, error: Exception) -> JSONResponse:
        # The validation report quotes the input, which may be personal: it is dropped.
        return problem(InvalidRequest("schema"), sentences)

    async def database(_: Request, error: Exception) -> JSONResponse:
        return problem(Unavailable(type(error).__name__, retry_after=5), sentences)

    async def unknown(_: Request, error: Exception) -> JSONResponse:
        return problem(HelpbotError(type(error).__name__), sentences)

    app.add_exception_handler(HelpbotError, known)
    app.add_exception_handler(HTTPException, framework)
    app.add_exception_handler(RequestValidationError, invalid)
    # Down, tables missing, no connection free within half a minute: come again later.
    for each in (OperationalError, InterfaceError, ProgrammingError, NoConnectionFree):
        app.add_exception_handler(each, database)
    app.add_exception_handler(Exception, unknown)
