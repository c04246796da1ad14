"""Read a request's body without trusting its size."""

from fastapi import Request
from starlette.requests import ClientDisconnect

from api.kit.errors import BodyTooLarge, InvalidRequest

# 1,000 characters, each written as a JSON escape of a pair, with room around them.
BODY_LIMIT = 64 * 1024


async def read_body(request: Request, limit: int = BODY_LIMIT) -> bytes:
    """Return the body; raises BodyTooLarge as soon as it grows past the limit.

    Raises InvalidRequest where it breaks off, which is no failure of ours.
    """
    parts: list[bytes] = []
    size = 0
    try:
        async for part in request.stream():
            size += len(part)
            if size > limit:
                raise BodyTooLarge(f"over {limit} bytes")
            parts.append(part)
    except ClientDisconnect:
        raise InvalidRequest("the body broke off") from None
    return b"".join(parts)
