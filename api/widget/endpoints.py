"""Addresses of the widget: the script tag's file, the frame, a customer's page as a sample."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header
from fastapi.responses import HTMLResponse, Response

from api.wiring import Services, services

router = APIRouter(include_in_schema=False)
Wired = Annotated[Services, Depends(services)]
Encodings = Annotated[str, Header(alias="Accept-Encoding")]


@router.get("/")
async def home(wired: Wired) -> HTMLResponse:
    """Show a page that embeds the widget as a customer would."""
    return wired.pages.page("home.html")


@router.get("/chat/frame")
async def frame(wired: Wired) -> HTMLResponse:
    """Show the chat; only sites on the list may frame it (api/pages/headers.py)."""
    home = wired.settings.public_url
    return wired.pages.page("frame.html", files=wired.widget.current(), home=home)


@router.get("/widget.js")
async def script(wired: Wired, encodings: Encodings = "") -> Response:
    """Return the launcher's script."""
    return wired.widget.response("loader.ts", "text/javascript", encodings)


@router.get("/widget.css")
async def style(wired: Wired, encodings: Encodings = "") -> Response:
    """Return the launcher's style, for browsers where a script cannot make one."""
    return wired.widget.response("launcher.css", "text/css", encodings)
