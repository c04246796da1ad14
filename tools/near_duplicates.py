"""Training examples that say the same twice, within an intent or across two.

    .venv-api/bin/python -m tools.near_duplicates [FILE]...

Two examples are compared as they sound: folded, read in kana, without long vowels, blanks and
punctuation, so that 「ﾊﾟｽﾜｰﾄﾞ　忘れた」 and 「ぱすわーど忘れた」 are one. Both places are named.
Files of the staff console can be named to see whether they may join data/nlu/.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import yaml
from rapidfuzz import fuzz, process
from sudachipy import Dictionary, SplitMode

from bot.text.sound import ALIKE, sound, sounds_alike
from tools.paths import ROOT

FOLDER = ROOT / "data" / "nlu"
ALLOWED = ROOT / "data" / "near-duplicates-allowed.yml"
# The matrix only sieves, a little below (of 100); `sounds_alike` decides, as in the staff console.
_SIEVE = 100 * ALIKE - 1
# Rows compared at once: 500 x 7,000 small numbers are 3.5 MB.
_ROWS = 500


class Example(NamedTuple):
    """One line of the training data and where it stands."""

    path: Path
    line: int
    intent: str
    text: str

    def __str__(self) -> str:
        shown = self.path.relative_to(ROOT) if self.path.is_relative_to(ROOT) else self.path
        return f"{shown}:{self.line} ({self.intent}) {self.text}"


Pair = tuple[Example, Example]


def examples(folder: Path, *also: Path) -> Iterator[Example]:
    """Yield every example under `folder` and in the files `also`."""
    for path in [*sorted(folder.glob("*.yml")), *also]:
        intent = ""
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            text = line.strip()
            if text.startswith("- intent:"):
                intent = text.removeprefix("- intent:").strip()
            elif text.startswith("- "):
                yield Example(path, number, intent, text.removeprefix("- "))


def alike(found: list[Example], sounds: list[str]) -> Iterator[Pair]:
    """Yield each pair of examples whose sounds are nearly the same."""
    for begin in range(0, len(sounds), _ROWS):
        scores = process.cdist(
            sounds[begin : begin + _ROWS], sounds, scorer=fuzz.ratio, score_cutoff=_SIEVE
        )
        for row, column in zip(*np.nonzero(scores), strict=True):
            place = begin + row
            if place < column and sounds_alike(sounds[place], sounds[column]):
                yield found[place], found[column]


def allowed(path: Path = ALLOWED) -> set[frozenset[str]]:
    """Return the pairs of texts that may stand beside each other."""
    pairs = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {frozenset(pair["texts"]) for pair in pairs}


def main(files: Sequence[str] = ()) -> int:
    """Print each pair; 0 when there is none."""
    words = Dictionary().create(mode=SplitMode.C)
    found = list(examples(FOLDER, *map(Path, files)))
    known = allowed()
    pairs = [
        (first, second)
        for first, second in alike(found, [sound(each.text, words) for each in found])
        if frozenset({first.text, second.text}) not in known
    ]
    for first, second in pairs:
        print(f"{first}\n  says the same as\n{second}", file=sys.stderr)
    print(f"{len(found)} examples, {len(pairs)} near-duplicates.", file=sys.stderr)
    return 1 if pairs else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
