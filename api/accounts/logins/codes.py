"""One-time codes: from the CSPRNG, kept as keyed digests, compared in constant time."""

import hashlib
import hmac
import secrets
from collections.abc import Callable

DIGITS = 6
RandomBelow = Callable[[int], int]


class Codes:
    """Makes codes and compares them. Keyed: the bare hashes of six digits are tried in no time."""

    def __init__(self, key: str, below: RandomBelow = secrets.randbelow) -> None:
        self._key, self._below = key.encode(), below

    def new(self) -> str:
        """Return a new code."""
        return f"{self._below(10**DIGITS):0{DIGITS}}"

    def digest(self, challenge: str, code: str) -> str:
        """Return what the table keeps of a code, tied to the digest of its challenge."""
        return hmac.new(self._key, f"{challenge}:{code}".encode(), hashlib.sha256).hexdigest()

    def fits(self, challenge: str, code: str, kept: str) -> bool:
        """Say whether `code` is the one whose digest was kept."""
        return hmac.compare_digest(self.digest(challenge, code), kept)
