"""Slack's signature: HMAC-SHA256 over version, time and raw body, good for five minutes.

https://docs.slack.dev/authentication/verifying-requests-from-slack . Pure.
"""

import hashlib
import hmac
from datetime import datetime

SIGNATURE, TIMESTAMP = "x-slack-signature", "x-slack-request-timestamp"
_WINDOW_SECONDS = 300
_LONGEST_TIMESTAMP = 12


def sign(secret: str, raw: bytes, timestamp: str) -> str:
    """Return the signature that Slack sends with `raw` at `timestamp`."""
    signed = b"v0:" + timestamp.encode("utf-8", "surrogatepass") + b":" + raw
    return "v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def is_signed(secret: str, raw: bytes, timestamp: str, signature: str, now: datetime) -> bool:
    """Say whether `signature` is Slack's and fresh, in constant time; for any text in both."""
    if not (timestamp.isascii() and timestamp.isdecimal()) or len(timestamp) > _LONGEST_TIMESTAMP:
        return False
    if abs(now.timestamp() - int(timestamp)) > _WINDOW_SECONDS:
        return False
    given = signature.encode("utf-8", "surrogatepass")
    return hmac.compare_digest(sign(secret, raw, timestamp).encode(), given)
