"""One spelling for what means the same, so that features and comparisons agree."""

import re
import unicodedata

_LONG_MARKS = re.compile(r"[‐‑‒–—―−ｰ〜～]")
_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """Return `text` in NFKC, lower case, with one kind of long mark and single spaces.

    The result is for comparing and counting, never for showing: its length may differ.
    """
    folded = unicodedata.normalize("NFKC", text).lower()
    return _SPACES.sub(" ", _LONG_MARKS.sub("ー", folded)).strip()
