"""Addresses of the plain page: parse, delegate, show."""

from typing import Annotated

from fastapi import APIRouter, Cookie, Depends, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.chat.conversations.service import Key
from api.kit.errors import HelpbotError
from api.kit.ids import new_id, new_receipt
from api.pages.own import refuse_other_sites
from api.widget.plain.cookie import NAME, PATH, give_cookie, parse_cookie, take_cookie
from api.widget.plain.service import Said
from api.wiring import Services, services

router = APIRouter(prefix=PATH, include_in_schema=False)
Wired = Annotated[Services, Depends(services)]


def _key(value: Annotated[str | None, Cookie(alias=NAME)] = None) -> Key | None:
    return parse_cookie(value)


Held = Annotated[Key | None, Depends(_key)]
_GUARDED = [Depends(refuse_other_sites)]


@router.get("")
async def page(wired: Wired, key: Held, easy: bool = False, thanks: bool = False) -> HTMLResponse:
    """Show the conversation and the form."""
    return await _show(wired, key, easy=easy, thanks=thanks)


@router.post("", dependencies=_GUARDED)
async def say(
    wired: Wired,
    key: Held,
    form_id: Annotated[str, Form()] = "",
    text: Annotated[str, Form()] = "",
    said: Annotated[str, Form()] = "",
    choice: Annotated[str, Form()] = "",
    easy: Annotated[bool, Form()] = False,
) -> Response:
    """Take what was written or chosen; then the page again, so that a reload sends nothing.

    `said` is what a button of the page itself says; it goes before what stands in the field.
    """
    try:
        key = await wired.plain.say(key, Said(form_id[:200] or new_id("f"), said or text, choice))
    except HelpbotError as error:
        return await _show(wired, key, easy=easy, error=error, text=text)
    return _back(wired, key, easy=easy)


@router.post("/continue", dependencies=_GUARDED)
async def go_on(
    wired: Wired,
    conversation_id: Annotated[str, Form()] = "",
    token: Annotated[str, Form()] = "",
) -> Response:
    """Go on here with the widget's conversation."""
    return _back(wired, parse_cookie(f"{conversation_id}.{token}"), easy=False)


@router.post("/feedback", dependencies=_GUARDED)
async def feedback(
    wired: Wired,
    key: Held,
    reply_id: Annotated[str, Form()] = "",
    solved: Annotated[bool, Form()] = False,
) -> Response:
    """Write down whether the answer solved it."""
    try:
        await wired.plain.feedback(key, reply_id, solved)
    except HelpbotError as error:
        return await _show(wired, key, error=error)
    return RedirectResponse(f"{PATH}?thanks=1#end", 303)


@router.post("/erase", dependencies=_GUARDED)
async def erase(wired: Wired, key: Held) -> Response:
    """Delete the conversation and show the receipt."""
    receipt = await wired.plain.erase(key)
    shown = wired.pages.page("plain_erased.html", receipt=receipt)
    take_cookie(shown)
    return shown


def _back(wired: Services, key: Key | None, *, easy: bool) -> Response:
    answer = RedirectResponse(f"{PATH}?easy=1#end" if easy else f"{PATH}#end", 303)
    if key:
        give_cookie(answer, key, secure=wired.settings.public_url.startswith("https:"))
    return answer


async def _show(
    wired: Services,
    key: Key | None,
    *,
    easy: bool = False,
    thanks: bool = False,
    error: HelpbotError | None = None,
    text: str = "",
) -> HTMLResponse:
    shown = await wired.plain.page(key)
    problem = wired.sentences[error.code] if error else ""
    return wired.pages.page(
        "plain.html",
        error.status if error else 200,
        page=shown,
        form_id=new_id("f"),
        easy=easy,
        thanks=thanks,
        problem=problem,
        receipt=new_receipt() if error else "",
        text=text,
        css=wired.widget.current()["chat.css"],
    )
