"""The page's address: parse, delegate, show."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse

from api.kit.trace import current_receipt
from api.memo.errors import MemoMissing
from api.wiring import Services, services

router = APIRouter(prefix="/memo", include_in_schema=False)


@router.get("/{token}")
async def memo(token: str, wired: Annotated[Services, Depends(services)]) -> HTMLResponse:
    """Show the page, or one sentence and a way back."""
    try:
        found = await wired.memo.memo(token)
    except MemoMissing as error:
        sentence = wired.sentences[error.code]
        return wired.pages.page(
            "refusal.html",
            error.status,
            sentence=sentence,
            receipt=current_receipt(),
            seconds=None,
            phone="",
        )
    return wired.pages.page("memo.html", memo=found)
