"""May this sentence join data/nlu/? What the project's checks would refuse is refused here."""

import json
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from api.content.catalogue import DATA
from api.privacy.masking import mask
from api.review.teaching.errors import (
    AlreadyKnown,
    HoldsPersonalData,
    KeptForMeasuring,
    NotPlain,
)
from api.review.teaching.examples import taught
from api.review.teaching.likeness import near_duplicate
from api.review.teaching.models import Candidate
from bot.text.kana import letters_only

# An entity, a list item, an intent by its name.
# https://legacy-docs-oss.rasa.com/docs/rasa/training-data-format/#training-examples
_READ_OTHERWISE = re.compile(r"\]\s*[({]|^[-/]|^intent\s*:", re.IGNORECASE)


def check(text: str) -> None:
    """Raise NotPlain, HoldsPersonalData, KeptForMeasuring or AlreadyKnown for what may not."""
    if not is_plain(text):
        raise NotPlain()
    if mask(text).kinds:
        raise HoldsPersonalData()
    if letters_only(text) in measured():
        raise KeptForMeasuring()
    if near_duplicate(text, all_taught()):
        raise AlreadyKnown()


def is_plain(text: str) -> bool:
    """Say whether Rasa and YAML read nothing but a sentence in `text`."""
    # YAML quotes a block that holds what cannot be seen, and line by line nothing is left to read.
    seen = all(char.isprintable() for char in text)
    return seen and not _READ_OTHERWISE.search(unicodedata.normalize("NFKC", text).strip())


def all_taught() -> list[str]:
    """Return every sentence of data/nlu/."""
    return [sentence for sentences in taught().values() for sentence in sentences]


@cache
def measured(folder: Path = DATA.parent / "tests" / "data" / "heldout") -> frozenset[str]:
    """Return the letters of what measures models: taught, it would measure nothing any more."""
    rows = [
        json.loads(line)
        for path in folder.glob("*.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return frozenset(letters_only(row["text"]) for row in rows)


def still_new(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return what data/nlu/ does not hold by now, each sentence once."""
    known, new = all_taught(), []
    for each in candidates:
        if is_plain(each.text) and not near_duplicate(each.text, known):
            known.append(each.text)
            new.append(each)
    return new
