"""How much a message would teach, if somebody judged it."""

from pathlib import Path
from typing import Any

from api.chat.inbox.models import InboxMessage
from api.content.catalogue import DATA
from api.review.digests.repository import NOT_UNDERSTOOD
from bot.text.kana import letters_only

# A bad rating teaches more than all others together, a miss more than doubt, doubt more than
# new words. The three smaller ones stay below a bad rating in sum.
_MISSED, BAD, _DOUBT, _NEW = 1.0, 2.5, 0.8, 0.5


class Newness:
    """Knows which pairs of letters the training data has."""

    def __init__(self, folder: Path = DATA / "nlu") -> None:
        self._known: set[str] = set()
        for path in folder.glob("*.yml"):
            for line in path.read_text(encoding="utf-8").splitlines():
                if line.startswith("    - "):
                    self._known |= _pairs(line)

    def share(self, text: str) -> float:
        """Return which part of a text's pairs is new, 0 to 1."""
        pairs = _pairs(text)
        return len(pairs - self._known) / len(pairs) if pairs else 0.0


def teaches(message: InboxMessage, ranking: list[Any], new: float) -> float:
    """Return a figure to sort by, under BAD: misses, close calls and new words first.

    A bad rating comes later and adds BAD, which lifts a message over all that have none.
    """
    confidences = [each[1] for each in ranking[:2]]
    margin = confidences[0] - confidences[1] if len(confidences) == 2 else 1.0
    missed = message.intent in NOT_UNDERSTOOD
    return _MISSED * missed + _DOUBT * (1 - margin) + _NEW * new


def _pairs(text: str) -> set[str]:
    letters = letters_only(text)
    return {letters[place : place + 2] for place in range(len(letters) - 1)}
