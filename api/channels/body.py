"""What all channels do with a body: read its JSON."""

import json
import re
from typing import Any

from api.kit.errors import InvalidRequest

# An escape as a whole, so that an escaped backslash begins none; two halves make one character.
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}"
    r"|(?P<half>u[dD][89a-fA-F][\da-fA-F]{2})"
    r"|.)",
    re.DOTALL,
)


def read_json(raw: bytes) -> Any:
    """Return what stands in `raw`, without halves of characters.

    Escapes can smuggle these in (RFC 8259, 8.2), and neither UTF-8 nor a database takes them: one
    odd event would bring down the whole batch. Raises InvalidRequest for what is no JSON.
    """
    try:
        return json.loads(_ESCAPE.sub(_whole, raw.decode("utf-8")))
    except (ValueError, RecursionError) as error:
        raise InvalidRequest(type(error).__name__) from None


def _whole(escape: re.Match[str]) -> str:
    return "" if escape["half"] else escape[0]
