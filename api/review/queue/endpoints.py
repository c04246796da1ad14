"""Addresses of reviewing."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse

from api.review.door.guard import Reader, Reviewer, Wired
from api.review.door.route import StaffRoute
from api.review.queue.service import Judgement

router = APIRouter(route_class=StaffRoute)
Text = Annotated[str, Form()]
_AND_TEACH = "_teach"


@router.get("/queue")
async def queue(wired: Wired, visitor: Reviewer) -> HTMLResponse:
    """Show the next message to judge."""
    message = await wired.review.queue.next(visitor)
    return await _item(wired, visitor, message)


@router.get("/queue/agreement")
async def agreement(wired: Wired, visitor: Reader) -> HTMLResponse:
    """Show how far reviewers agree."""
    rows = await wired.review.queue.agreement()
    return wired.review.pages.page("queue/agreement.html", visitor, rows=rows)


@router.get("/queue/{message_id}")
async def one(wired: Wired, visitor: Reviewer, message_id: str) -> HTMLResponse:
    """Show one chosen message to judge."""
    return await _item(wired, visitor, await wired.review.queue.take(message_id, visitor))


@router.post("/queue/{message_id}")
async def judge(
    wired: Wired,
    visitor: Reviewer,
    message_id: str,
    verdict: Text = "",
    topic: Text = "",
    note: Text = "",
    tags: Text = "",
) -> RedirectResponse:
    """Take a verdict and go on: to the next message, or to teaching what was wrong."""
    plain = verdict.removesuffix(_AND_TEACH)
    await wired.review.queue.judge(message_id, visitor, Judgement(plain, topic, note, tags))
    teach = f"/staff/teaching/new/{message_id}?topic={topic}"
    to = teach if verdict.endswith(_AND_TEACH) else "/staff/queue"
    return RedirectResponse(to, status_code=303)


@router.post("/queue/{message_id}/skip")
async def skip(wired: Wired, visitor: Reviewer, message_id: str) -> RedirectResponse:
    """Leave a message to others."""
    await wired.review.queue.skip(message_id, visitor)
    return RedirectResponse("/staff/queue", status_code=303)


async def _item(wired: Wired, visitor: Reviewer, message: object) -> HTMLResponse:
    shown = None
    if message is not None:
        conversation_id: str = message.conversation_id  # type: ignore[attr-defined]
        shown = await wired.review.reading.transcript(conversation_id, visitor.id)
    return wired.review.pages.page(
        "queue/item.html",
        visitor,
        message=message,
        shown=shown,
        topics=wired.review.topics,
        done=await wired.review.queue.done_today(visitor),
    )
