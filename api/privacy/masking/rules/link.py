"""Addresses of pages with something secret in them: a token, a session, a password."""

import re
from collections.abc import Iterator

from api.privacy.masking.rules.found import Found

_URL = re.compile(r"(?:https?|hxxps?|ftp)://[!-~]{4,2000}", re.IGNORECASE)
_SECRET_NAME = re.compile(
    r"[?&;#](?:[a-z_-]*(?:token|passw(?:or)?d|secret|session|sid|ticket|auth|signature|otp|nonce|jwt"
    r"|reset|verify|invite|apikey|api_key)[a-z_-]*|code|key|sig|hash|pw|mail|email|id_?hint|k|t|c"
    r"|jsessionid)=[^&;#\s]{3,}",
    re.IGNORECASE,
)
_SECRET_PART = re.compile(r"(?<=[/=.~])(?=[^/?&=]*[0-9])(?=[^/?&=]*[A-Za-z])[A-Za-z0-9_-]{20,}")
_LOGIN = re.compile(r"://[^/\s]+@")
_TAIL = ".,;:!?)]}'\""


def find_links(text: str) -> Iterator[Found]:
    """Yield whole addresses that hold a token; a plain page's address stays."""
    if "://" not in text:
        return
    for match in _URL.finditer(text):
        url = match[0].rstrip(_TAIL)
        if any(each.search(url) for each in (_SECRET_NAME, _SECRET_PART, _LOGIN)):
            yield Found(match.start(), match.start() + len(url), "link", url)
