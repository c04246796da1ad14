"""What a person's words tell besides the topic: haste, steps taken, the language."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from api.content.catalogue import DATA
from bot.text.kana import letters_only
from bot.text.language import Languages


@dataclass(frozen=True)
class Heard:
    """One conversation as far as it has come; `language` is that of the latest message.

    `others`: somebody else's account is to be looked up; `time_left`: how long a lock still holds.
    """

    urgent: bool
    others: bool
    time_left: bool
    tried: frozenset[str]
    language: str | None


class Hearing:
    """Knows the words of data/hearing.yml."""

    def __init__(self, path: Path = DATA / "hearing.yml") -> None:
        raw: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        self.urgent_topics = frozenset(raw["urgent"]["topics"])
        self._urgent = _compiled(raw["urgent"]["words"])
        self._tried = {step: _compiled(words) for step, words in raw["tried"].items()}
        self._others = _compiled(_forms(**raw["others"]))
        self._time_left = _compiled(raw["time_left"])
        self._languages = Languages(raw["languages"])

    def listen(self, latest: str, before: Iterable[str] = ()) -> Heard:
        """Return what `latest`, and the person's messages `before` it, tell."""
        said = [letters_only(text) for text in (*before, latest)]
        tried = (step for step, words in self._tried.items() if any(_any(words, t) for t in said))
        lists = (self._urgent, self._others, self._time_left)
        urgent, others, time_left = (_any(words, said[-1]) for words in lists)
        language = self._languages.of(latest)
        return Heard(urgent, others, time_left, frozenset(tried), language)


def _forms(forms: Iterable[str], **words: str) -> Iterator[str]:
    """Yield the forms with the alternatives of each list in place of its name: WHO, WHAT, LOOK."""
    for form in forms:
        for name, alternatives in words.items():
            form = form.replace(name.upper(), alternatives)
        yield form


def _compiled(patterns: Iterable[str]) -> list[re.Pattern[str]]:
    return [re.compile(pattern) for pattern in patterns]


def _any(patterns: list[re.Pattern[str]], text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns)
