"""Addresses of the door and of the accounts."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.review.door import cookie
from api.review.door.forgery import check_origin
from api.review.door.guard import Admin, Arriving, Confirmed, Reader, Wired, safe_next
from api.review.door.route import StaffRoute
from api.review.staff.errors import SignInFailed, SignInThrottled
from api.review.staff.models import ROLES

router = APIRouter(route_class=StaffRoute)
Text = Annotated[str, Form()]


def _to(address: str) -> RedirectResponse:
    return RedirectResponse(address, status_code=303)


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


@router.get("/login")
async def login_page(wired: Wired, next: str = "", ended: str = "") -> HTMLResponse:
    """Show name and password; `ended` where somebody was signed in until lately."""
    return wired.review.pages.page(
        "staff/login.html", None, next=safe_next(next), problem="", ended=ended
    )


@router.post("/login")
async def login(
    request: Request, wired: Wired, name: Text = "", password: Text = "", next: Text = ""
) -> Response:
    """Begin a session with a fresh cookie."""
    check_origin(request, wired.settings.public_url)
    try:
        token = await wired.review.sign_in.sign_in(
            name.strip(), password, _address(request), cookie.read(request)
        )
    except (SignInFailed, SignInThrottled) as error:
        sentence = wired.sentences[error.code]
        return wired.review.pages.page(
            "staff/login.html", None, error.status, next=safe_next(next), problem=sentence, ended=""
        )
    answer = _to(safe_next(next))
    cookie.put(answer, token)
    return answer


@router.get("/code")
async def code_page(wired: Wired, visitor: Arriving) -> HTMLResponse:
    """Ask for the second factor."""
    return wired.review.pages.page("staff/code.html", visitor, problem="")


@router.post("/code")
async def code(request: Request, wired: Wired, visitor: Arriving, code: Text = "") -> Response:
    """Take the second factor; the session gets a new cookie."""
    try:
        token = await wired.review.sign_in.confirm(visitor, code, _address(request))
    except (SignInFailed, SignInThrottled) as error:
        sentence = wired.sentences[error.code]
        return wired.review.pages.page("staff/code.html", visitor, error.status, problem=sentence)
    answer = _to("/staff")
    cookie.put(answer, token)
    return answer


@router.post("/logout")
async def logout(wired: Wired, visitor: Arriving) -> Response:
    """End the session."""
    await wired.review.sign_in.sign_out(visitor)
    answer = _to("/staff/login")
    cookie.take_back(answer)
    return answer


@router.get("/password")
async def password_page(wired: Wired, visitor: Confirmed) -> HTMLResponse:
    """Ask for a new password."""
    return wired.review.pages.page("staff/password.html", visitor)


@router.post("/password")
async def password(wired: Wired, visitor: Confirmed, old: Text = "", new: Text = "") -> Response:
    """Change one's own password."""
    await wired.review.members.change_password(visitor, old, new)
    return _to("/staff")


@router.get("/factor")
async def factor_page(wired: Wired, visitor: Confirmed) -> HTMLResponse:
    """Show what to scan."""
    picture, seed = await wired.review.members.factor_to_set_up(visitor)
    return wired.review.pages.page("staff/factor.html", visitor, picture=picture, seed=seed)


@router.post("/factor")
async def factor(wired: Wired, visitor: Confirmed, code: Text = "") -> HTMLResponse:
    """Confirm the second factor and show the recovery codes."""
    codes = await wired.review.members.set_up_factor(visitor, code)
    return wired.review.pages.page("staff/recovery.html", visitor, codes=codes)


@router.get("/me")
async def me(wired: Wired, visitor: Reader) -> HTMLResponse:
    """Show one's own account."""
    return wired.review.pages.page("staff/me.html", visitor)


@router.get("/members")
async def members(wired: Wired, visitor: Admin) -> HTMLResponse:
    """Show everybody."""
    everybody = await wired.review.members.everybody()
    return wired.review.pages.page(
        "staff/members.html", visitor, members=everybody, roles=ROLES, first=None
    )


@router.post("/members")
async def create(
    wired: Wired, visitor: Admin, name: Text = "", shown: Text = "", role: Text = ""
) -> HTMLResponse:
    """Add a member and show the first password."""
    first = await wired.review.members.create(name.strip(), shown, role, visitor.id)
    everybody = await wired.review.members.everybody()
    return wired.review.pages.page(
        "staff/members.html", visitor, members=everybody, roles=ROLES, first=(name, first)
    )


@router.post("/members/{staff_id}")
async def change(
    wired: Wired, visitor: Admin, staff_id: str, role: Text = "", active: Text = ""
) -> Response:
    """Change role and access."""
    await wired.review.members.change(staff_id, role, active=active == "yes", by=visitor)
    # Who has given away the right to see this page is led to one that is theirs.
    return _to("/staff" if staff_id == visitor.id else "/staff/members")


@router.post("/members/{staff_id}/reset")
async def reset(wired: Wired, visitor: Admin, staff_id: str) -> HTMLResponse:
    """Give a member a new first password and show it."""
    first = await wired.review.members.reset(staff_id, visitor)
    everybody = await wired.review.members.everybody()
    names = {each.id: each.name for each in everybody}
    shown = (names[staff_id], first)
    return wired.review.pages.page(
        "staff/members.html", visitor, members=everybody, roles=ROLES, first=shown
    )
