"""What the verified browser carries: a signed cookie. No table keeps the handle in it."""

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

LIFE = timedelta(minutes=15)


@dataclass(frozen=True, repr=False)
class Pass:
    """A right to see one private answer again: whose talk, which check, until when (epoch)."""

    conversation_id: str
    verification_id: str
    purpose: str
    handle: str
    until: int


class Passes:
    """Seals and opens passes; nobody can make one or change it."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def seal(self, shown: Pass) -> str:
        """Return the cookie's value."""
        body = base64.urlsafe_b64encode(json.dumps(asdict(shown)).encode()).decode()
        return f"{body}.{self._sign(body)}"

    def open(self, cookie: str, now: datetime) -> Pass | None:
        """Return the pass; None for a foreign, edited or old one."""
        body, _, signature = cookie.rpartition(".")
        if not hmac.compare_digest(signature.encode(), self._sign(body).encode()):
            return None
        try:
            opened = Pass(**json.loads(base64.urlsafe_b64decode(body)))
        except (ValueError, TypeError, binascii.Error):
            return None
        return opened if opened.until > now.timestamp() else None

    def _sign(self, body: str) -> str:
        return hmac.new(self._secret, f"pass:{body}".encode(), hashlib.sha256).hexdigest()
