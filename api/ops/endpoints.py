"""Probes, and the figures for Prometheus."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from api.kit.errors import NotFound
from api.ops.door import may_read
from api.ops.readiness import Readiness
from api.wiring import Services, services

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


def _insider(request: Request, wired: Annotated[Services, Depends(services)]) -> Services:
    """Return the services to whoever runs this; for all others there is no such page."""
    token = wired.settings.metrics_token
    client = request.client.host if request.client else None
    if not may_read(client, request.headers, token.get_secret_value() if token else ""):
        raise NotFound("metrics")
    return wired


@router.get("/metrics", include_in_schema=False)
async def metrics(
    wired: Annotated[Services, Depends(_insider)],
    readiness: Annotated[Readiness, Depends(_readiness)],
) -> Response:
    """Answer in Prometheus' text format."""
    text = await wired.metrics.text(ready=readiness.ready)
    return Response(text, media_type=CONTENT_TYPE_PLAIN_0_0_4)
