"""Read a request's body without trusting its size."""

from fastapi import Request

from api.kit.errors import BodyTooLarge

# 1,000 characters, each written as a JSON escape of a pair, with room around them.
BODY_LIMIT = 64 * 1024


async def read_body(request: Request, limit: int = BODY_LIMIT) -> bytes:
    """Return the body; raises BodyTooLarge as soon as it grows past the limit."""
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > limit:
            raise BodyTooLarge(f"over {limit} bytes")
        parts.append(part)
    return b"".join(parts)
