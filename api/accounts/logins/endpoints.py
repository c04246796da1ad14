"""The addresses of the login: parse, delegate, nothing else."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request

from api.accounts.endpoints import require_token
from api.accounts.errors import KeyMissing, LoginRefused, documented
from api.accounts.logins.service import LoginService
from api.accounts.schemas import CodeRequest, LoggedIn, Login, LoginRequest, ResendAccepted
from api.kit.errors import InvalidRequest, Unauthorized, Unavailable


def _service(request: Request) -> LoginService:
    service: LoginService = request.app.state.logins
    return service


Service = Annotated[LoginService, Depends(_service)]
_LONGEST_KEY = 200
# Required, but refused in our own words where it is missing.
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "schema": {"type": "string", "minLength": 1, "maxLength": _LONGEST_KEY},
}
router = APIRouter(
    prefix="/v1",
    dependencies=[Depends(require_token)],
    responses=documented(Unauthorized, Unavailable),
)


@router.post(
    "/logins",
    status_code=201,
    summary="Begin a login; its code is mailed",
    tags=["login"],
    responses=documented(LoginRefused, InvalidRequest),
)
async def login(body: LoginRequest, service: Service) -> Login:
    """Refuse the unknown, the wrong and the locked with the same words."""
    return await service.login(body)


@router.post(
    "/logins/{login}/otp",
    summary="Enter the code",
    tags=["login"],
    responses=documented(LoginRefused, InvalidRequest),
)
async def enter_code(login: str, body: CodeRequest, service: Service) -> LoggedIn:
    """Take the newest code of this login, once."""
    return await service.enter(login, body.code)


@router.post(
    "/handles/{handle}/otp",
    status_code=202,
    summary="Send the code of an open login again",
    tags=["account"],
    responses=documented(KeyMissing),
    openapi_extra={"parameters": [_KEY]},
)
async def resend(
    handle: str,
    service: Service,
    idempotency_key: Annotated[
        str | None, Header(max_length=_LONGEST_KEY, include_in_schema=False)
    ] = None,
) -> ResendAccepted:
    """Answer the same for everybody; a key that came before sends nothing again."""
    if not idempotency_key:
        raise KeyMissing()
    return await service.resend(handle, idempotency_key)
