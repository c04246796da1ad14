"""Which kinds of other services a sentence names: banks, shops, offices, telephone companies."""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path
from typing import Dict, List, Sequence, Set

import yaml

from bot.text.kana import letters_only

_SOURCE = Path(__file__).parent.parent / "dictionaries" / "other_services.yml"
# The kind of names that are our own.
OURS = "ours"
# So long a name is not part of another word by chance: 「楽天証券の」, 「クロネコヤマト」.
_LONG = 4


class OtherServices:
    """Names of services, each with its kind."""

    def __init__(self, source: Path = _SOURCE) -> None:
        """Read `source`: kind -> names."""
        listed = yaml.safe_load(source.read_text(encoding="utf-8"))
        self._kinds: Dict[str, str] = {
            letters_only(str(name)): kind for kind, names in listed.items() for name in names
        }
        self._longest = max(map(len, self._kinds))

    def kinds(self, words: Sequence[str]) -> List[str]:
        """Return the kinds named in a sentence of `words`, sorted, each once."""
        letters = [letters_only(word) for word in words]
        text = "".join(letters)
        borders = {0, *accumulate(map(len, letters))}
        found: Set[str] = set()
        for begin in borders:
            found.update(self._beginning_at(text, begin, borders))
        return sorted(found)

    def _beginning_at(self, text: str, begin: int, borders: Set[int]) -> Set[str]:
        ends = range(begin + 1, min(len(text), begin + self._longest) + 1)
        return {
            self._kinds[text[begin:end]]
            for end in ends
            if text[begin:end] in self._kinds and (end in borders or end - begin >= _LONG)
        }
