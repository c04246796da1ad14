"""Which language a message is in, as far as it matters here. Japanese in any script is None."""

import re
import unicodedata
from typing import Any, Mapping, Optional

_WORDS = re.compile(r"[a-z']+")
_JAPANESE = re.compile("HIRAGANA|KATAKANA")


class Languages:
    """Tells languages apart by script and by a few words."""

    def __init__(self, known: Mapping[str, Any]) -> None:
        """`known`: the table `languages` of data/hearing.yml."""
        self._scripts = {name: re.compile(each) for name, each in known["scripts"].items()}
        self._marks = {name: re.compile(known[name]) for name in ("vi", "pt", "zh")}
        self._sure, self._all = set(known["en"]["sure"]), set()
        self._all = self._sure | set(known["en"]["also"])

    def of(self, text: str) -> Optional[str]:
        """Return en, ko, zh, vi, pt, ne or other; None for Japanese and for what is unclear."""
        folded = unicodedata.normalize("NFKC", text).lower()
        names = " ".join(unicodedata.name(char, "").split(" ")[0] for char in folded)
        if _JAPANESE.search(names):
            return None
        by_script = [name for name, pattern in self._scripts.items() if pattern.search(names)]
        by_mark = [name for name, pattern in self._marks.items() if pattern.search(folded)]
        return next(iter([*by_script, *by_mark]), "en" if self._is_english(folded) else None)

    def _is_english(self, folded: str) -> bool:
        words = _WORDS.findall(folded)
        known = sum(word in self._all for word in words)
        sure = any(word in self._sure for word in words)
        return sure and known >= 2 and known * 2 >= len(words)
