"""Keep other platforms' ids so that a stolen table gives nothing away."""

import base64
import hashlib
import hmac
import json

from cryptography.fernet import Fernet, InvalidToken


class Seal:
    """Two keys from one secret: one to recognise people by, one to seal addresses with."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self._fernet = Fernet(base64.urlsafe_b64encode(self._key("addresses")))

    def person_key(self, channel: str, person: str) -> str:
        """Return the name under which the tables know `person`: always the same, never theirs."""
        known = f"{channel}:{person}".encode("utf-8", "surrogatepass")
        return hmac.new(self._key("people"), known, hashlib.sha256).hexdigest()

    def close(self, address: dict[str, str]) -> str:
        """Return `address` encrypted (AES-128-CBC with HMAC-SHA256, random IV)."""
        return self._fernet.encrypt(json.dumps(address).encode()).decode()

    def open(self, sealed: str | None) -> dict[str, str]:
        """Return the address; empty for none, and for one that another secret sealed."""
        try:
            opened: dict[str, str] = json.loads(self._fernet.decrypt((sealed or "").encode()))
        except InvalidToken:
            return {}
        return opened

    def _key(self, purpose: str) -> bytes:
        return hmac.new(self._secret, purpose.encode(), hashlib.sha256).digest()
