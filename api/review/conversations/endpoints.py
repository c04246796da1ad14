"""Addresses of reading."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sse_starlette import EventSourceResponse

from api.review.conversations.filters import Filters
from api.review.door.guard import Reader, Wired
from api.review.door.route import StaffRoute

router = APIRouter(route_class=StaffRoute)
Wanted = Annotated[Filters, Depends()]


@router.get("/conversations")
async def conversations(wired: Wired, visitor: Reader, filters: Wanted) -> HTMLResponse:
    """Show a page of the list."""
    listed = await wired.review.reading.listed(filters, visitor.id)
    return wired.review.pages.page(
        "conversations/list.html",
        visitor,
        listed=listed,
        filters=filters,
        topics=wired.review.topics,
        members=await wired.review.members.everybody(),
    )


@router.get("/conversations/live")
async def live(wired: Wired, visitor: Reader) -> EventSourceResponse:
    """Ring when something is new."""
    return EventSourceResponse(wired.review.live.news(), ping=15)


@router.get("/conversations/{conversation_id}")
async def transcript(
    wired: Wired, visitor: Reader, conversation_id: str, judging: str = ""
) -> HTMLResponse:
    """Show one conversation; not what others think of the message that is being judged."""
    shown = await wired.review.reading.transcript(conversation_id, visitor.id)
    return wired.review.pages.page(
        "conversations/transcript.html",
        visitor,
        shown=shown,
        judging=judging,
        names={each.id: each.shown for each in await wired.review.members.everybody()},
    )


@router.get("/receipt")
async def receipt(wired: Wired, visitor: Reader, number: str = "") -> Response:
    """Lead from a 受付番号 to its place in the transcript."""
    found = await wired.review.reading.find_receipt(number, visitor.id) if number else None
    places = [f"/staff/conversations/{each.conversation_id}#{each.id}" for each in found or ()]
    if len(places) == 1:
        return RedirectResponse(places[0], status_code=303)
    erased = found is not None and not places
    return wired.review.pages.page(
        "conversations/receipt.html", visitor, number=number, erased=erased, places=places
    )
