"""Who this browser is to the plain page: the conversation and its token, out of scripts' reach."""

from starlette.responses import Response

from api.chat.conversations.service import Key

NAME, PATH = "helpbot_plain", "/chat/plain"


def parse_cookie(value: str | None) -> Key | None:
    """Return what the cookie opens, None where there is none."""
    conversation_id, _, token = (value or "").partition(".")
    return Key(conversation_id, token) if conversation_id and token else None


def give_cookie(response: Response, key: Key, *, secure: bool) -> None:
    """Let the browser keep `key` until it is closed; other sites' forms do not carry it."""
    value = f"{key.conversation_id}.{key.token}"
    response.set_cookie(NAME, value, path=PATH, httponly=True, samesite="lax", secure=secure)


def take_cookie(response: Response) -> None:
    """Make the browser forget."""
    response.delete_cookie(NAME, path=PATH, httponly=True, samesite="lax")
