"""Addresses of taking over."""

from typing import Annotated

from fastapi import APIRouter, Form, Header
from fastapi.responses import HTMLResponse, RedirectResponse

from api.review.door.guard import Reviewer, Wired
from api.review.door.route import StaffRoute
from api.review.takeover.bubbles import Bubble, bubbles_since

router = APIRouter(route_class=StaffRoute)
Text = Annotated[str, Form()]


@router.get("/takeover")
async def takeover(wired: Wired, visitor: Reviewer) -> HTMLResponse:
    """Show who waits and who is held."""
    return wired.review.pages.page(
        "takeover/list.html", visitor, callers=await wired.review.takeover.callers()
    )


@router.get("/takeover/count")
async def count(wired: Wired, visitor: Reviewer) -> HTMLResponse:
    """Show in the head of every page how many wait."""
    return wired.review.pages.page(
        "takeover/count.html", visitor, callers=await wired.review.takeover.callers()
    )


@router.post("/takeover/{handover_id}/accept")
async def accept(wired: Wired, visitor: Reviewer, handover_id: str) -> RedirectResponse:
    """Take over."""
    await wired.review.takeover.accept(handover_id, visitor.id)
    return _talk(handover_id)


@router.get("/takeover/{handover_id}")
async def talk(
    wired: Wired,
    visitor: Reviewer,
    handover_id: str,
    masked: str = "",
    q: str = "",
    since: str = "",
    hx_request: Annotated[str, Header()] = "",
) -> HTMLResponse:
    """Show the conversation, room to write, and the catalogue's answers at hand.

    `since` names the latest bubbles that the page shows already.
    """
    found = [each for each in await wired.review.takeover.open() if each.id == handover_id]
    shown, bubbles, latest = None, list[Bubble](), since
    if found:
        conversation_id = found[0].conversation_id
        # Who has accepted stands in the audit log for it; the page looks again every three
        # seconds, and three hundred rows for one talk would bury what else was read.
        again = bool(hx_request) and found[0].staff_id == visitor.id
        shown = await wired.review.reading.transcript(conversation_id, visitor.id, again=again)
        bubbles, latest = bubbles_since(shown, since)
    return wired.review.pages.page(
        "takeover/talk.html",
        visitor,
        handover=found[0] if found else None,
        shown=shown,
        bubbles=bubbles,
        since=latest,
        masked=masked,
        q=q,
        answers=wired.review.takeover.at_hand(wired.review.answers.found(q)[:8] if q else []),
    )


@router.post("/takeover/{handover_id}/say")
async def say(
    wired: Wired, visitor: Reviewer, handover_id: str, text: Text = ""
) -> RedirectResponse:
    """Say something."""
    _, masked = await wired.review.takeover.say(handover_id, visitor.id, text)
    return _talk(handover_id, "?masked=yes" if masked else "")


@router.post("/takeover/{handover_id}/release")
async def release(wired: Wired, visitor: Reviewer, handover_id: str) -> RedirectResponse:
    """Give the conversation back to the bot."""
    await wired.review.takeover.release(handover_id, visitor.id)
    return RedirectResponse("/staff/takeover", status_code=303)


def _talk(handover_id: str, query: str = "") -> RedirectResponse:
    return RedirectResponse(f"/staff/takeover/{handover_id}{query}", status_code=303)
