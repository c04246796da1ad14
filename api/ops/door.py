"""Who may read the figures. Pure."""

import hmac
import ipaddress
from collections.abc import Mapping

# What a proxy adds. Whoever sends one of these speaks for somebody else.
_FORWARDED = ("forwarded", "via", "x-real-ip", "x-forwarded-")
_LOCAL_NAMES = ("localhost", "127.0.0.1", "[::1]")


def may_read(client: str | None, headers: Mapping[str, str], token: str) -> bool:
    """Say whether a request is from whoever runs this.

    With a `token`, it alone counts, wherever the request comes from. Without one, the request has
    to be from this machine, for this machine's own name, and through no proxy: a proxy here makes
    the whole world look local.
    """
    if token:
        given = headers.get("authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    if any(name.lower().startswith(_FORWARDED) for name in headers):
        return False
    return _is_loopback(client) and _name(headers.get("host", "")) in _LOCAL_NAMES


def _name(host: str) -> str:
    """Return a Host header without its port."""
    name, _, port = host.rpartition(":")
    return (name if port.isdecimal() and name else host).lower()


def _is_loopback(client: str | None) -> bool:
    try:
        address = ipaddress.ip_address(client or "")
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)
