"""Did a request that changes something come from one of our own pages?"""

import hmac
from urllib.parse import urlsplit

from fastapi import Request

from api.review.staff.errors import ForgedRequest

FIELD, HEADER = "csrf", "x-csrf-token"
_SAFE = {"GET", "HEAD"}


def check_origin(request: Request, public_url: str) -> None:
    """Raise ForgedRequest where the browser says that another site sent this."""
    if request.method in _SAFE:
        return
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    own = {request.headers.get("host", ""), urlsplit(public_url).netloc}
    if site not in {"same-origin", "none"} or not origin or urlsplit(origin).netloc not in own:
        raise ForgedRequest("origin")


async def check_token(request: Request, expected: str) -> None:
    """Raise ForgedRequest where the page's token is missing or another session's."""
    if request.method in _SAFE:
        return
    given = request.headers.get(HEADER) or (await request.form()).get(FIELD) or ""
    if not hmac.compare_digest(str(given).encode(), expected.encode()):
        raise ForgedRequest("token")
