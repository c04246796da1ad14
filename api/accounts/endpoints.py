"""The addresses of the account API: parse, delegate, nothing else."""

import hmac
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.accounts.errors import documented
from api.accounts.schemas import (
    DemoPersons,
    Features,
    Health,
    Letter,
    Letters,
    Lockout,
    ServiceStatus,
    Verification,
    VerificationRequest,
)
from api.accounts.service import AccountService
from api.accounts.settings import Settings
from api.kit.errors import InvalidRequest, Unauthorized, Unavailable

_bearer = HTTPBearer(auto_error=False, description="HELPBOT_ACCOUNTS_TOKEN")


def require_token(
    request: Request,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> None:
    """Let a request through that carries the token of this service."""
    settings: Settings = request.app.state.settings
    given = credentials.credentials if credentials else ""
    expected = settings.accounts_token.get_secret_value()
    if not hmac.compare_digest(given.encode(), expected.encode()):
        raise Unauthorized("accounts token")


def _service(request: Request) -> AccountService:
    service: AccountService = request.app.state.service
    return service


Service = Annotated[AccountService, Depends(_service)]

open_router = APIRouter(tags=["health"])
router = APIRouter(
    prefix="/v1",
    dependencies=[Depends(require_token)],
    responses=documented(Unauthorized, Unavailable),
)


@open_router.get("/healthz", summary="Is the process alive?", responses=documented())
async def healthz() -> Health:
    """Answer without a token and without the database."""
    return Health()


@router.get("/service-status", summary="Is the service open?", tags=["service"])
async def service_status(service: Service) -> ServiceStatus:
    """Say whether a maintenance is under way."""
    return await service.status()


@router.get("/demo-persons", summary="Persons to pick in the form", tags=["verification"])
async def demo_persons(service: Service) -> DemoPersons:
    """Return the demo persons in the order of the form."""
    return await service.demo_persons()


@router.post(
    "/verifications",
    status_code=202,
    summary="Get a handle for one purpose",
    tags=["verification"],
    responses=documented(InvalidRequest),
)
async def verify(body: VerificationRequest, service: Service) -> Verification:
    """Answer the same for everybody: who exists cannot be read from it."""
    return await service.verify(body)


@router.get(
    "/handles/{handle}/lockout",
    summary="Is the account locked?",
    tags=["account"],
)
async def lockout(handle: str, service: Service) -> Lockout:
    """Say it for the account behind a handle of purpose `lockout`."""
    return await service.lockout(handle)


@router.get(
    "/handles/{handle}/features",
    summary="What does the registration allow?",
    tags=["account"],
)
async def features(handle: str, service: Service) -> Features:
    """Say it for the account behind a handle of purpose `features`."""
    return await service.features(handle)


@router.get("/demo-mailbox", summary="The mails to demo persons", tags=["service"])
async def demo_mailbox(request: Request) -> Letters:
    """Return the latest mails; empty where they leave by SMTP, and after a restart."""
    kept = request.app.state.mailbox.letters
    return Letters(letters=[Letter.model_validate(letter) for letter in kept])
