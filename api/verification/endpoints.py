"""Addresses of the form: parse, delegate, show."""

from typing import Annotated

from fastapi import APIRouter, Cookie, Depends, Form
from fastapi.responses import HTMLResponse

from api.kit.errors import HelpbotError
from api.kit.ids import new_token
from api.kit.pace import at_least
from api.pages.own import refuse_other_sites
from api.verification.claims import Claim
from api.verification.errors import FormIncomplete
from api.verification.pages import BROWSER, PASS, PATH, FormPages
from api.wiring import Services, services

router = APIRouter(prefix=PATH, include_in_schema=False)
# Longer than a check takes: neither page nor time tells what was found.
PACE_SECONDS = 1.0


def _pages(wired: Annotated[Services, Depends(services)]) -> FormPages:
    return FormPages(wired)


Shown = Annotated[FormPages, Depends(_pages)]
Browser = Annotated[str, Cookie(alias=BROWSER, max_length=64)]


def _claim(
    person: Annotated[str, Form()] = "",
    mail: Annotated[str, Form()] = "",
    number: Annotated[str, Form()] = "",
    number_unknown: Annotated[str, Form()] = "",
) -> Claim:
    return Claim(person, mail, number, bool(number_unknown))


@router.get("/{token}")
async def form(token: str, pages: Shown, browser: Browser = "") -> HTMLResponse:
    """Show whom to pick, or what to enter."""
    try:
        return await pages.form(token, Claim(), browser)
    except HelpbotError as error:
        return pages.refusal(error)


@router.post("/{token}", dependencies=[Depends(refuse_other_sites)])
async def submit(
    token: str,
    pages: Shown,
    claim: Annotated[Claim, Depends(_claim)],
    action: Annotated[str, Form()] = "",
    browser: Browser = "",
) -> HTMLResponse:
    """Do what the button says: look at what was entered, correct it, more time, or check."""
    browser = browser or new_token()
    try:
        if action in ("extend", "edit"):
            return await pages.again(token, claim, browser, extend=action == "extend")
        if pages.asks_first and action != "send":
            return await pages.confirmation(token, claim)
        async with at_least(PACE_SECONDS):
            return await pages.result(token, claim, browser)
    except FormIncomplete as error:
        return await pages.form(token, claim, browser, faults=error.fields)
    except HelpbotError as error:
        return pages.refusal(error)


@router.get("/{token}/result")
async def result(
    token: str,
    pages: Shown,
    held: Annotated[str, Cookie(alias=PASS, max_length=2000)] = "",
) -> HTMLResponse:
    """Show the result once more, with the values of this moment, to the browser that verified."""
    try:
        return await pages.result_now(token, held)
    except HelpbotError as error:
        return pages.refusal(error)
