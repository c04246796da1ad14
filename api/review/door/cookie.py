"""The session cookie. `__Host-`: this host only, over TLS only (or loopback), the whole site.

https://developer.mozilla.org/docs/Web/HTTP/Headers/Set-Cookie#cookie_prefixes
"""

from fastapi import Request, Response

NAME = "__Host-staff"


def put(response: Response, token: str) -> None:
    """Hand the cookie out; no script reads it and no other site sends it."""
    response.set_cookie(NAME, token, path="/", secure=True, httponly=True, samesite="strict")


def take_back(response: Response) -> None:
    """Make the browser forget it."""
    response.delete_cookie(NAME, path="/", secure=True, httponly=True, samesite="strict")


def read(request: Request) -> str:
    """Return the cookie, empty where there is none."""
    return request.cookies.get(NAME, "")
