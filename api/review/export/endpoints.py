"""Addresses of exports."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from api.review.conversations.filters import Filters
from api.review.door.guard import Editor, Wired
from api.review.door.route import StaffRoute

router = APIRouter(route_class=StaffRoute)
Wanted = Annotated[Filters, Depends()]


@router.get("/export.csv")
async def as_csv(wired: Wired, visitor: Editor, filters: Wanted) -> Response:
    """Hand the list's messages out for Excel."""
    return _file(await wired.review.export.csv(filters, visitor.id), "text/csv", "csv")


@router.get("/export.jsonl")
async def as_jsonl(wired: Wired, visitor: Editor, filters: Wanted) -> Response:
    """Hand the list's messages out for programs."""
    content = await wired.review.export.jsonl(filters, visitor.id)
    return _file(content, "application/jsonl", "jsonl")


def _file(content: str, kind: str, ending: str) -> Response:
    headers = {
        "Content-Disposition": f'attachment; filename="conversations.{ending}"',
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=f"{kind}; charset=utf-8", headers=headers)
