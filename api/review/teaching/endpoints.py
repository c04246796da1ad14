"""Addresses of teaching."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.kit.errors import HelpbotError
from api.review.door.guard import Editor, Reviewer, Wired
from api.review.door.route import StaffRoute
from api.review.staff.service import Visitor
from api.review.teaching.errors import REFUSALS

router = APIRouter(route_class=StaffRoute)
Text = Annotated[str, Form()]
_HOME = "/staff/teaching"


@router.get("/teaching")
async def teaching(wired: Wired, visitor: Reviewer) -> HTMLResponse:
    """Show candidates and models."""
    return wired.review.pages.page(
        "teaching/home.html",
        visitor,
        candidates=await wired.review.teaching.candidates(),
        models=await wired.review.models.models(),
    )


@router.get("/teaching/new/{message_id}")
async def rewrite_page(
    wired: Wired, visitor: Reviewer, message_id: str, topic: str = ""
) -> HTMLResponse:
    """Show what was misunderstood, and room to write it anew."""
    return await _rewrite_page(wired, visitor, message_id, {"topic": topic, "text": ""})


async def _rewrite_page(
    wired: Wired,
    visitor: Visitor,
    message_id: str,
    form: dict[str, str],
    refused: HelpbotError | None = None,
) -> HTMLResponse:
    teaching = wired.review.teaching
    message, known = await teaching.message(message_id), teaching.topics()
    return wired.review.pages.page(
        "teaching/rewrite.html",
        visitor,
        refused.status if refused else 200,
        message=message,
        topics=[(name, title) for name, title in wired.review.topics if name in known],
        form=form,
        problem=wired.sentences[refused.code] if refused else "",
    )


@router.post("/teaching/new/{message_id}")
async def rewrite(
    wired: Wired, visitor: Reviewer, message_id: str, topic: Text = "", text: Text = ""
) -> Response:
    """Add the sentence; one that cannot be taught is shown again with the reason."""
    try:
        await wired.review.teaching.write(message_id, topic, text, visitor)
    except REFUSALS as error:
        form = {"topic": topic, "text": text}
        return await _rewrite_page(wired, visitor, message_id, form, error)
    return RedirectResponse(_HOME, status_code=303)


@router.post("/teaching/candidates/{candidate_id}")
async def decide(
    wired: Wired, visitor: Editor, candidate_id: str, state: Text = ""
) -> RedirectResponse:
    """Accept or reject a sentence."""
    await wired.review.teaching.decide(candidate_id, state, visitor)
    return RedirectResponse(_HOME, status_code=303)


@router.post("/teaching/try")
async def attempt(wired: Wired, visitor: Editor) -> RedirectResponse:
    """Begin to train."""
    row_id = await wired.review.models.attempt(visitor)
    return RedirectResponse(f"{_HOME}/models/{row_id}", status_code=303)


@router.get("/teaching/download")
async def download(wired: Wired, visitor: Editor) -> Response:
    """Hand out the accepted sentences as a file for data/nlu/."""
    content = await wired.review.teaching.download(visitor)
    headers = {"Content-Disposition": 'attachment; filename="taught.yml"'}
    return Response(content, media_type="application/yaml", headers=headers)


@router.get("/teaching/models/{row_id}")
async def model(wired: Wired, visitor: Reviewer, row_id: str) -> HTMLResponse:
    """Show a model: still in training, or before and after."""
    row = await wired.review.models.model(row_id)
    return wired.review.pages.page("teaching/model.html", visitor, model=row, guest_link="")


@router.post("/teaching/models/{row_id}/adopt")
async def adopt(wired: Wired, visitor: Editor, row_id: str) -> RedirectResponse:
    """Serve this model from now on."""
    await wired.review.models.adopt(row_id, visitor)
    return RedirectResponse(_HOME, status_code=303)
