"""Addresses of the dashboard."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from api.review.dashboard.charts import drawn
from api.review.door.guard import Reader, Wired
from api.review.door.route import StaffRoute
from api.review.export.csv import as_csv

router = APIRouter(route_class=StaffRoute)


@router.get("/dashboard")
async def dashboard(wired: Wired, visitor: Reader) -> HTMLResponse:
    """Show the figures of four weeks."""
    shown = await wired.review.dashboard.dashboard()
    return wired.review.pages.page("dashboard/home.html", visitor, shown=shown)


@router.get("/dashboard/{name}.svg")
async def chart(wired: Wired, visitor: Reader, name: str) -> Response:
    """Draw one table."""
    sheet = await wired.review.dashboard.chart(name)
    headers = {"Cache-Control": "no-store"}
    return Response(drawn(sheet), media_type="image/svg+xml", headers=headers)


@router.get("/dashboard/{name}.csv")
async def table(wired: Wired, visitor: Reader, name: str) -> Response:
    """Hand one table out."""
    sheet = await wired.review.dashboard.sheet(name)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    content = as_csv(sheet.columns, sheet.rows)
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)
