"""Who may come in where."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Request

from api.review.door import cookie
from api.review.door.forgery import check_origin, check_token
from api.review.staff.errors import NotAllowed, SignInNeeded
from api.review.staff.models import ADMIN, EDITOR, READER, REVIEWER
from api.review.staff.service import CODE_PAGE, Visitor
from api.wiring import Services, services

Wired = Annotated[Services, Depends(services)]
_SIGN_IN = "/staff/login"


async def signed_in(request: Request, wired: Wired) -> Visitor:
    """Return who asks, however far the sign-in has come; raises SignInNeeded, ForgedRequest."""
    check_origin(request, wired.settings.public_url)
    try:
        visitor = await wired.review.sign_in.visitor(cookie.read(request))
    except SignInNeeded:
        raise SignInNeeded(_and_back(request)) from None
    await check_token(request, visitor.csrf)
    return visitor


def _and_back(request: Request) -> str:
    """Return the sign-in page that leads on to what was asked for."""
    # With a cookie they were in, and did not leave by themselves.
    ended = {"ended": "yes"} if cookie.read(request) else {}
    query = f"?{request.url.query}" if request.url.query else ""
    back = {"next": request.url.path + query} if request.method == "GET" else {}
    led = urlencode({**back, **ended})
    return f"{_SIGN_IN}?{led}" if led else _SIGN_IN


async def past_the_code(visitor: Annotated[Visitor, Depends(signed_in)]) -> Visitor:
    """Return who asks once the second factor, where there is one, has been shown."""
    if visitor.totp_on and not visitor.passed:
        raise SignInNeeded(CODE_PAGE)
    return visitor


class Allow:
    """Lets in whoever has `role` or more and has finished signing in."""

    def __init__(self, role: str) -> None:
        self.role = role

    async def __call__(self, request: Request, wired: Wired) -> Visitor:
        """Return the visitor; raises SignInNeeded, NotAllowed and ForgedRequest."""
        visitor = await signed_in(request, wired)
        if unfinished := visitor.unfinished():
            raise SignInNeeded(unfinished)
        if not visitor.may(self.role):
            raise NotAllowed(self.role)
        return visitor


Arriving = Annotated[Visitor, Depends(signed_in)]
Confirmed = Annotated[Visitor, Depends(past_the_code)]
Reader = Annotated[Visitor, Depends(Allow(READER))]
Reviewer = Annotated[Visitor, Depends(Allow(REVIEWER))]
Editor = Annotated[Visitor, Depends(Allow(EDITOR))]
Admin = Annotated[Visitor, Depends(Allow(ADMIN))]


def safe_next(wanted: str) -> str:
    """Return `wanted` where it is a page of the console, else its first page.

    Browsers read a backslash as a slash, and two slashes as another host.
    """
    inside = wanted == "/staff" or wanted.startswith(("/staff/", "/staff?"))
    odd = "\\" in wanted or "//" in wanted or any(char < " " for char in wanted)
    return wanted if inside and not odd else "/staff"
