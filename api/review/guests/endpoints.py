"""Addresses of a talk to try a model: one for staff, who make the link, two for guests."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import HTMLResponse

from api.kit.errors import HelpbotError
from api.kit.trace import current_receipt
from api.pages.own import refuse_other_sites
from api.review.door.guard import Editor, Wired
from api.review.door.route import StaffRoute
from api.wiring import Services

router = APIRouter(route_class=StaffRoute)
guests = APIRouter(prefix="/guest", include_in_schema=False)


@router.post("/teaching/models/{row_id}/guest")
async def invite(wired: Wired, visitor: Editor, row_id: str) -> HTMLResponse:
    """Show a link to pass on."""
    link = await wired.review.guests.link(row_id, visitor)
    row = await wired.review.models.model(row_id)
    return wired.review.pages.page("teaching/model.html", visitor, model=row, guest_link=link)


@guests.get("/{token}")
async def page(wired: Wired, token: str) -> HTMLResponse:
    """Show room to write, or one sentence where the link is over."""
    return await _shown(wired, token)


@guests.post("/{token}", dependencies=[Depends(refuse_other_sites)])
async def say(
    wired: Wired,
    token: str,
    talk: Annotated[str, Form(max_length=64)] = "",
    text: Annotated[str, Form(max_length=4_000)] = "",
) -> HTMLResponse:
    """Answer as the model would."""
    return await _shown(wired, token, talk, text)


async def _shown(wired: Services, token: str, talk_id: str = "", text: str = "") -> HTMLResponse:
    problem, status = "", 200
    try:
        talk = await wired.review.guests.talk(token, talk_id)
        if text:
            talk = await wired.review.guests.say(token, talk.id, text)
    except HelpbotError as error:
        if error.status == 404:
            return wired.pages.page(
                "refusal.html", 404, sentence=wired.sentences[error.code],
                receipt=current_receipt(), seconds=None, phone="",
            )  # fmt: skip
        problem, status = wired.sentences[error.code], error.status
    return wired.pages.page(
        "guest.html", status, talk=talk, problem=problem, text=text if problem else ""
    )
