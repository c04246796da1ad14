"""Read a message against the open question, before any classifier sees it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Optional

import yaml

from bot.text.kana import letters_only

_DATA = Path(__file__).parents[1] / "dictionaries" / "question_answers.yml"
# Longer than this, a message is no answer to "is the screen still open?" but a story.
_LONGEST_REPLY = 24
_LONGEST_CANCEL = 12


class Meaning(NamedTuple):
    """What a slot's value is known by, and what needs no asking after it."""

    slot: str
    value: str
    reply: List[re.Pattern[str]]
    told: List[re.Pattern[str]]
    settles: Dict[str, str]


class Reading:
    """Knows the answers to the questions of all forms."""

    def __init__(self, path: Path = _DATA) -> None:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        self._cancel = _compiled(raw["cancel"])
        self._meanings = [
            _meaning(slot, value, known)
            for slot, values in raw["slots"].items()
            for value, known in values.items()
        ]

    def is_cancel(self, text: str) -> bool:
        """Say whether the whole of `text` is a wish to stop."""
        letters = letters_only(text)
        short = len(letters) <= _LONGEST_CANCEL
        return short and any(pattern.fullmatch(letters) for pattern in self._cancel)

    def reply(self, text: str, slot: str) -> Dict[str, str]:
        """Return the slots that `text` fills while the question for `slot` is open."""
        letters = letters_only(text)
        if len(letters) > _LONGEST_REPLY:
            return {}
        found = self._first(letters, slot)
        return {**self.told(text), **found} if found else {}

    def told(self, text: str) -> Dict[str, str]:
        """Return the slots that `text` fills by itself, asked or not."""
        letters = letters_only(text)
        filled: Dict[str, str] = {}
        for meaning in self._meanings:
            if _any(meaning.told, letters):
                filled = {**meaning.settles, **filled, meaning.slot: meaning.value}
        return filled

    def _first(self, letters: str, slot: str) -> Dict[str, str]:
        for meaning in self._meanings:
            if meaning.slot == slot and _any([*meaning.told, *meaning.reply], letters):
                return {**meaning.settles, slot: meaning.value}
        return {}


def open_question(tracker: Any) -> Optional[str]:
    """Return the slot that the active form asks for; None when nothing is asked."""
    return tracker.get_slot("requested_slot") if tracker.active_loop_name else None


def _meaning(slot: str, value: str, known: Dict[str, Any]) -> Meaning:
    told, reply = _compiled(known.get("told", [])), _compiled(known.get("reply", []))
    return Meaning(slot, value, reply, told, known.get("settles", {}))


def _compiled(patterns: List[str]) -> List[re.Pattern[str]]:
    return [re.compile(pattern) for pattern in patterns]


def _any(patterns: List[re.Pattern[str]], letters: str) -> bool:
    return any(pattern.search(letters) for pattern in patterns)
