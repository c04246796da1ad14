"""Passwords: Argon2id with the library's own figures (RFC 9106, low-memory profile)."""

import asyncio
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from api.review.staff.errors import PasswordWeak

SHORTEST = 12
# Without look-alikes: a first password is read off a screen.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"

_hasher = PasswordHasher()
# Checked where nobody has the name, so that both take as long.
_NOBODY = _hasher.hash(secrets.token_urlsafe())


async def hashed(password: str, name: str) -> str:
    """Return the hash to keep; raises PasswordWeak."""
    if len(password) < SHORTEST or len(password) > 200 or name in password:
        raise PasswordWeak()
    return await asyncio.to_thread(_hasher.hash, password)


async def matches(password: str, kept: str | None) -> bool:
    """Say whether `password` is the one; `kept` is None where nobody has the name."""
    try:
        return await asyncio.to_thread(_hasher.verify, kept or _NOBODY, password) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


def first_password() -> str:
    """Return a password to be changed at the first sign-in: 98 bits in groups of four."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(5))
    return "-".join(groups)
