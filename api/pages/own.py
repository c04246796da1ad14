"""Does a form come from one of our own pages?"""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request

from api.kit.errors import InvalidRequest
from api.wiring import Services, services

_OWN = {None, "same-origin", "none"}
# Our pages send no referrer, and browsers then say "null". Older ones say nothing else.
_UNTOLD = {None, "null"}


def refuse_other_sites(request: Request, wired: Annotated[Services, Depends(services)]) -> None:
    """Raise InvalidRequest for another site's form.

    It must not put its own conversation, or its own result, into somebody else's browser.
    """
    origin = request.headers.get("origin")
    own = {request.headers.get("host", ""), urlsplit(wired.settings.public_url).netloc}
    known = origin in _UNTOLD or urlsplit(origin or "").netloc in own
    if not known or request.headers.get("sec-fetch-site") not in _OWN:
        raise InvalidRequest("cross-site form")
