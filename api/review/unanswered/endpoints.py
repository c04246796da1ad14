"""The page of questions without an answer."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.review.door.guard import Reader, Wired
from api.review.door.route import StaffRoute

router = APIRouter(route_class=StaffRoute)


@router.get("/unanswered")
async def unanswered(wired: Wired, visitor: Reader) -> HTMLResponse:
    """Show the twenty largest groups of a week."""
    groups = await wired.review.unanswered.top(visitor.id)
    return wired.review.pages.page("unanswered/list.html", visitor, groups=groups)
