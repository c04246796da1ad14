"""Addresses of answers."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.review.answers.errors import AnswerInvalid
from api.review.answers.wording import Draft, changes
from api.review.door.guard import Editor, Reader, Wired
from api.review.door.route import StaffRoute
from api.review.staff.service import Visitor
from api.wiring import Services

router = APIRouter(route_class=StaffRoute)
Text = Annotated[str, Form()]


async def _given(
    text: Text = "",
    details: Text = "",
    easy_text: Text = "",
    easy_details: Text = "",
    valid_from: Text = "",
    valid_until: Text = "",
) -> Draft:
    """Return what stands in the form."""
    return Draft(text, details, easy_text, easy_details, valid_from, valid_until)


Given = Annotated[Draft, Depends(_given)]


@router.get("/answers")
async def answers(wired: Wired, visitor: Reader, q: str = "") -> HTMLResponse:
    """Show all answers and what somebody should look at."""
    return wired.review.pages.page(
        "answers/list.html",
        visitor,
        answers=wired.review.answers.found(q),
        q=q,
        read=wired.review.showing.filled,
        review=await wired.review.answers.to_review(),
    )


@router.get("/answers/export")
async def export(wired: Wired, visitor: Editor) -> Response:
    """Hand out changed answers for data/answers/; say so where there are none."""
    content = await wired.review.answers.export(visitor)
    if not content:
        return wired.review.pages.page("answers/unchanged.html", visitor)
    headers = {"Content-Disposition": 'attachment; filename="answers.yml"'}
    return Response(content, media_type="application/yaml", headers=headers)


@router.get("/answers/{answer_id}")
async def answer(wired: Wired, visitor: Reader, answer_id: str) -> HTMLResponse:
    """Show one answer with its versions."""
    given = Draft.of(wired.review.answers.answer(answer_id).entry.model_dump())
    return await _page(wired, visitor, answer_id, given)


async def _page(
    wired: Services, visitor: Visitor, answer_id: str, given: Draft, wrong: str = ""
) -> HTMLResponse:
    """Return the page of an answer with `given` in its form, and what is `wrong` with it."""
    shown, showing = wired.review.answers.answer(answer_id), wired.review.showing
    versions = await wired.review.answers.versions(answer_id)
    return wired.review.pages.page(
        "answers/answer.html",
        visitor,
        422 if wrong else 200,
        answer=shown,
        given=given,
        wrong=wired.review.names.word("invalid", wrong),
        versions=[
            (
                each,
                changes(shown.entry, each.content),
                showing.shown(answer_id, Draft.of(each.content)),
            )
            for each in versions
        ],
        members={each.id: each.shown for each in await wired.review.members.everybody()},
        source=wired.catalogue.sources.get(shown.entry.source or ""),
    )


@router.post("/answers/{answer_id}")
async def draft(wired: Wired, visitor: Editor, answer_id: str, given: Given) -> Response:
    """Write a draft down; one that is refused stays in the form, with the reason."""
    try:
        await wired.review.answers.draft(answer_id, given, visitor)
    except AnswerInvalid as error:
        return await _page(wired, visitor, answer_id, given, error.detail)
    return RedirectResponse(f"/staff/answers/{answer_id}", status_code=303)


@router.post("/answers/{answer_id}/preview")
async def preview(wired: Wired, visitor: Editor, answer_id: str, given: Given) -> HTMLResponse:
    """Show what is being written as each channel would."""
    wired.review.answers.answer(answer_id)
    shown = wired.review.showing.shown(answer_id, given)
    return wired.review.pages.page("answers/preview.html", visitor, shown=shown)


@router.post("/answers/versions/{version_id}")
async def decide(
    wired: Wired, visitor: Editor, version_id: str, state: Text = ""
) -> RedirectResponse:
    """Approve, reject or take back."""
    answer_id = await wired.review.answers.decide(version_id, state, visitor)
    return RedirectResponse(f"/staff/answers/{answer_id}", status_code=303)


@router.post("/answers/{answer_id}/checked")
async def checked(wired: Wired, visitor: Editor, answer_id: str) -> RedirectResponse:
    """Note that the official page was looked at."""
    source = wired.review.answers.answer(answer_id).entry.source
    await wired.review.answers.checked_live(source or "", visitor)
    return RedirectResponse(f"/staff/answers/{answer_id}", status_code=303)
