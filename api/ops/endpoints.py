"""Probes."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse

from api.ops.readiness import Readiness

router = APIRouter(tags=["ops"])


def _readiness(request: Request) -> Readiness:
    readiness: Readiness = request.app.state.readiness
    return readiness


@router.get("/healthz", summary="The process is alive")
async def healthz() -> dict[str, str]:
    """Answer as long as the process runs."""
    return {"status": "ok"}


@router.get(
    "/readyz",
    summary="The engine has answered a message",
    responses={503: {"description": "Not yet"}},
)
async def readyz(readiness: Annotated[Readiness, Depends(_readiness)]) -> JSONResponse:
    """Answer 503 until the warm-up message came back. Messages are accepted before that."""
    if readiness.ready:
        return JSONResponse({"status": "ready"})
    return JSONResponse({"status": "warming_up"}, status_code=503)
