"""LINE's signature: Base64 of HMAC-SHA256 over the raw body.

https://developers.line.biz/en/docs/messaging-api/verify-webhook-signature/ . Pure.
"""

import base64
import hashlib
import hmac

HEADER = "x-line-signature"


def sign(secret: str, raw: bytes) -> str:
    """Return the signature that LINE sends with `raw`."""
    return base64.b64encode(hmac.new(secret.encode(), raw, hashlib.sha256).digest()).decode()


def is_signed(secret: str, raw: bytes, signature: str) -> bool:
    """Say whether `signature` is LINE's, in constant time; for any signature, however odd."""
    given = signature.encode("utf-8", "surrogatepass")
    return hmac.compare_digest(sign(secret, raw).encode(), given)
