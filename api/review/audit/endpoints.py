"""The page of audit rows."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from api.review.audit.service import PAGE
from api.review.audit.telling import Known, Teller
from api.review.door.guard import Admin, Wired
from api.review.door.route import StaffRoute

router = APIRouter(route_class=StaffRoute)


@router.get("/audit")
async def audit(
    wired: Wired,
    visitor: Admin,
    who: str = "",
    action: str = "",
    before: Annotated[int | None, Query()] = None,
) -> HTMLResponse:
    """Show who did what, the newest first."""
    rows = await wired.review.audit.latest(who or None, action or None, before)
    members = await wired.review.members.everybody()
    known = Known(
        {each.id: each.shown for each in members},
        await wired.review.audit.receipts(row for row, _ in rows),
        {name: source.title for name, source in wired.catalogue.sources.items()},
    )
    return wired.review.pages.page(
        "audit.html",
        visitor,
        rows=[row for row, _ in rows[:PAGE]],
        teller=Teller(wired.review.names, known),
        more=rows[PAGE - 1][0].id if len(rows) > PAGE else None,
        members=members,
        who=who,
        action=action,
    )
