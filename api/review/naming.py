"""What codes are called on the pages. Pure."""

from collections.abc import Mapping


class Naming:
    """Knows the console's words and the titles of answers."""

    def __init__(self, words: Mapping[str, str], titles: Mapping[str, str]) -> None:
        self._words, self._titles = words, titles

    def topic(self, name: str | None) -> str:
        """Return a topic's or an answer's title; nothing for none."""
        if not name:
            return ""
        known = self._titles.get(name) or self._words.get(f"topic_{name}")
        return known or self._words["topic_unknown"]

    def word(self, kind: str, code: str | None) -> str:
        """Return what a code of some kind is called; nothing for none."""
        return self._words.get(f"{kind}_{code}", code) if code else ""
