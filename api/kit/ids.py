"""Identifiers and secrets, all from the system's CSPRNG unless a test passes its own."""

import hashlib
import secrets
from collections.abc import Callable

TokenSource = Callable[[int], bytes]

# Crockford's base 32 leaves out I, L, O and U, so that an id can be read aloud.
# https://www.crockford.com/base32.html
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def _readable(raw: bytes) -> str:
    return "".join(_ALPHABET[byte & 31] for byte in raw)


def new_id(prefix: str, source: TokenSource = secrets.token_bytes) -> str:
    """Return `prefix-` and 24 characters (120 bits) of lower-case letters and digits.

    Rasa's tracker store loses ids over 255 characters and dies on a NUL byte, so every id
    that reaches it is made here.
    """
    return f"{prefix}-{_readable(source(24))}"


def new_token(source: TokenSource = secrets.token_bytes) -> str:
    """Return a bearer secret of 200 bits."""
    return _readable(source(40))


def new_receipt(source: TokenSource = secrets.token_bytes) -> str:
    """Return a 受付番号: short enough to say on the telephone, e.g. `HB-7K3M-92QD`."""
    code = _readable(source(8)).upper()
    return f"HB-{code[:4]}-{code[4:]}"


def digest(secret: str) -> str:
    """Return the SHA-256 of a random secret, the only form in which tables keep it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def as_key(foreign: str) -> str:
    """Return somebody else's id as one that every table can hold: itself, or its digest."""
    if foreign.isascii() and foreign.isprintable() and 0 < len(foreign) <= 120:
        return foreign
    return hashlib.sha256(foreign.encode("utf-8", "surrogatepass")).hexdigest()
