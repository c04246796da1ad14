"""A reply as it is shown: with the choices under it."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.chat.conversations.models import Choice, Reply


@dataclass(frozen=True)
class Said:
    """A reply with the choices under it."""

    reply: Reply
    choices: Sequence[Choice]
