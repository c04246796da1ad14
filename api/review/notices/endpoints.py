"""Addresses of notices."""

from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.review.door.guard import Editor, Reader, Wired
from api.review.door.route import StaffRoute
from api.review.notices.errors import NoticeInvalid
from api.review.notices.service import CHANNELS, LONGEST
from api.review.pages import there
from api.review.staff.service import Visitor

router = APIRouter(route_class=StaffRoute)
Text = Annotated[str, Form()]


async def _page(
    wired: Wired, visitor: Visitor, form: dict[str, Any], refused: NoticeInvalid | None = None
) -> HTMLResponse:
    """Show notices, and the form with what was written into it."""
    return wired.review.pages.page(
        "notices/list.html",
        visitor,
        refused.status if refused else 200,
        notices=await wired.review.notices.latest(),
        channels=CHANNELS,
        longest=LONGEST,
        now=wired.review.clock(),
        form=form,
        problem=wired.sentences[refused.code] if refused else "",
    )


@router.get("/notices")
async def notices(wired: Wired, visitor: Reader) -> HTMLResponse:
    """Show notices."""
    starts = there(wired.review.clock(), "%Y-%m-%dT%H:%M")
    form = {"text": "", "channels": CHANNELS, "starts": starts, "ends": ""}
    return await _page(wired, visitor, form)


@router.post("/notices")
async def post(
    wired: Wired,
    visitor: Editor,
    channels: Annotated[list[str] | None, Form()] = None,
    text: Text = "",
    starts: Text = "",
    ends: Text = "",
) -> Response:
    """Post a notice."""
    form = {"text": text, "channels": channels or [], "starts": starts, "ends": ends}
    try:
        await wired.review.notices.post(text, channels or [], starts, ends, visitor)
    except NoticeInvalid as error:
        return await _page(wired, visitor, form, error)
    return RedirectResponse("/staff/notices", status_code=303)


@router.post("/notices/{notice_id}/withdraw")
async def withdraw(wired: Wired, visitor: Editor, notice_id: str) -> RedirectResponse:
    """Take a notice down."""
    await wired.review.notices.withdraw(notice_id, visitor)
    return RedirectResponse("/staff/notices", status_code=303)
