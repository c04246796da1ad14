"""Addresses of notices."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse

from api.review.door.guard import Editor, Reader, Wired
from api.review.door.route import StaffRoute
from api.review.notices.service import CHANNELS, LONGEST

router = APIRouter(route_class=StaffRoute)
Text = Annotated[str, Form()]


@router.get("/notices")
async def notices(wired: Wired, visitor: Reader) -> HTMLResponse:
    """Show notices."""
    return wired.review.pages.page(
        "notices/list.html",
        visitor,
        notices=await wired.review.notices.latest(),
        channels=CHANNELS,
        longest=LONGEST,
        now=wired.review.clock(),
    )


@router.post("/notices")
async def post(
    wired: Wired,
    visitor: Editor,
    channels: Annotated[list[str] | None, Form()] = None,
    text: Text = "",
    starts: Text = "",
    ends: Text = "",
) -> RedirectResponse:
    """Post a notice."""
    await wired.review.notices.post(text, channels or [], starts, ends, visitor)
    return RedirectResponse("/staff/notices", status_code=303)


@router.post("/notices/{notice_id}/withdraw")
async def withdraw(wired: Wired, visitor: Editor, notice_id: str) -> RedirectResponse:
    """Take a notice down."""
    await wired.review.notices.withdraw(notice_id, visitor)
    return RedirectResponse("/staff/notices", status_code=303)
