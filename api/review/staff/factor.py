"""The second factor: time-based codes (RFC 6238) and recovery codes.

No seed stands in the database: it is worked out from the process's secret and a nonce.
"""

import base64
import hashlib
import hmac
from datetime import datetime

import pyotp
import segno

from api.kit.ids import digest, new_token

_STEP_SECONDS = 30
_CODES = 8
_ISSUER = "HelpBot"


class SecondFactor:
    """Knows the process's secret."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def seed(self, nonce: str) -> str:
        """Return the seed behind a nonce, in base 32, as apps take it."""
        raw = hmac.new(self._secret, b"staff-totp:" + nonce.encode(), hashlib.sha256).digest()
        return base64.b32encode(raw[:20]).decode()

    def picture(self, nonce: str, name: str) -> str:
        """Return an SVG of the code that apps scan."""
        address = pyotp.TOTP(self.seed(nonce)).provisioning_uri(name=name, issuer_name=_ISSUER)
        svg: str = segno.make(address, error="m").svg_inline(scale=4, light="#fff", border=4)
        return svg

    def step(self, nonce: str, code: str, now: datetime) -> int | None:
        """Return the time step `code` belongs to, one step early or late allowed, or None."""
        totp, current = pyotp.TOTP(self.seed(nonce)), int(now.timestamp()) // _STEP_SECONDS
        for step in (current, current - 1, current + 1):
            expected = totp.at(step * _STEP_SECONDS)
            if hmac.compare_digest(expected.encode(), code.encode()):
                return step
        return None


def recovery_codes() -> list[str]:
    """Return fresh codes of 60 bits, e.g. `k3m9-2qd7-81ab`."""
    raw = (new_token()[:12] for _ in range(_CODES))
    return [f"{code[:4]}-{code[4:8]}-{code[8:]}" for code in raw]


def code_digest(staff_id: str, code: str) -> str:
    """Return the only form in which a recovery code is kept; spelling is forgiven."""
    plain = "".join(char for char in code.lower() if char.isalnum())
    return digest(f"{staff_id}:{plain}")
