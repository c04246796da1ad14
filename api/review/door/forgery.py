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
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin", "null")
    own = {request.headers.get("host", ""), urlsplit(public_url).netloc}
    # Our pages send no referrer, and then browsers say "null" for the origin of a form; the
    # other header, which no script can set, has to say it instead.
    known = site == "same-origin" if origin == "null" else urlsplit(origin).netloc in own
    if not known or site not in {None, "same-origin"}:
        raise ForgedRequest("origin")


async def check_token(request: Request, expected: str) -> None:
    """Raise ForgedRequest where the page's token is missing or another session's."""
    if request.method in _SAFE:
        return
    given = request.headers.get(HEADER) or (await request.form()).get(FIELD) or ""
    if not hmac.compare_digest(str(given).encode(), expected.encode()):
        raise ForgedRequest("token")
