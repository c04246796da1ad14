"""The demo page with the chat."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse

from api.wiring import Services, services

router = APIRouter(include_in_schema=False)


@router.get("/")
async def home(wired: Annotated[Services, Depends(services)]) -> HTMLResponse:
    """Show the chat."""
    return wired.pages.page("home.html")
