"""Addresses of the form: parse, delegate, show."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import HTMLResponse

from api.kit.errors import HelpbotError
from api.kit.ids import new_receipt
from api.verification.errors import CheckFailed
from api.wiring import Services, services

router = APIRouter(prefix="/verify", include_in_schema=False)
Wired = Annotated[Services, Depends(services)]


@router.get("/{token}")
async def form(token: str, wired: Wired) -> HTMLResponse:
    """Show the persons to pick."""
    try:
        persons = await wired.verification.persons(token)
    except HelpbotError as error:
        return _refusal(wired, error)
    return wired.pages.page("form.html", persons=persons)


@router.post("/{token}")
async def verify(token: str, wired: Wired, person: Annotated[str, Form()] = "") -> HTMLResponse:
    """Use the link up and show the private answer on this page only."""
    try:
        rendered = await wired.verification.verify(token, person)
    except HelpbotError as error:
        return _refusal(wired, error)
    private = [each.body for each in rendered if each.private]
    if not private:
        return _refusal(wired, CheckFailed("no result"))
    back_link = wired.platforms.back_links.get(await wired.verification.channel_of(token), "")
    return wired.pages.page("result.html", replies=private, back_link=back_link)


def _refusal(wired: Services, error: HelpbotError) -> HTMLResponse:
    """Show one page with one sentence and a way back."""
    sentence = wired.sentences[error.code]
    return wired.pages.page("refusal.html", error.status, sentence=sentence, receipt=new_receipt())
