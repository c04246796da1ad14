"""Training examples that say the same twice, within an intent or across two.

    .venv-api/bin/python -m tools.near_duplicates

Two examples are compared as they sound: folded, read in kana, without long vowels, blanks and
punctuation, so that 「ﾊﾟｽﾜｰﾄﾞ　忘れた」 and 「ぱすわーど忘れた」 are one. Both places are named.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import yaml
from rapidfuzz import fuzz, process
from sudachipy import Dictionary, SplitMode
from sudachipy.tokenizer import Tokenizer

from bot.text.folding import fold
from bot.text.kana import letters_only, skeleton
from tools.paths import ROOT

FOLDER = ROOT / "data" / "nlu"
ALLOWED = ROOT / "data" / "near-duplicates-allowed.yml"
# Of 100: above it lie particles, marks and endings; below it begin different questions.
ALIKE = 90.0
# Rows compared at once: 500 x 7,000 small numbers are 3.5 MB.
_ROWS = 500


class Example(NamedTuple):
    """One line of the training data and where it stands."""

    path: Path
    line: int
    intent: str
    text: str

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line} ({self.intent}) {self.text}"


Pair = tuple[Example, Example]


def examples(folder: Path) -> Iterator[Example]:
    """Yield every example under `folder`."""
    for path in sorted(folder.glob("*.yml")):
        intent = ""
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            text = line.strip()
            if text.startswith("- intent:"):
                intent = text.removeprefix("- intent:").strip()
            elif text.startswith("- "):
                yield Example(path, number, intent, text.removeprefix("- "))


def sound(text: str, words: Tokenizer) -> str:
    """Return how `text` sounds, in hiragana; what has no sound stays as it is folded.

    Sudachi reads blanks and symbols as the word for symbol, so they are left out before.
    """
    folded = fold(text)
    spoken = (word for word in words.tokenize(folded) if letters_only(word.surface()))
    read = "".join(word.reading_form() or word.surface() for word in spoken)
    return skeleton(letters_only(read)) or folded


def alike(found: list[Example], sounds: list[str]) -> Iterator[Pair]:
    """Yield each pair of examples whose sounds are nearly the same."""
    for begin in range(0, len(sounds), _ROWS):
        scores = process.cdist(
            sounds[begin : begin + _ROWS], sounds, scorer=fuzz.ratio, score_cutoff=ALIKE
        )
        for row, column in zip(*np.nonzero(scores), strict=True):
            if begin + row < column:
                yield found[begin + row], found[column]


def allowed(path: Path = ALLOWED) -> set[frozenset[str]]:
    """Return the pairs of texts that may stand beside each other."""
    pairs = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {frozenset(pair["texts"]) for pair in pairs}


def main() -> int:
    """Print each pair; 0 when there is none."""
    words = Dictionary().create(mode=SplitMode.C)
    found = list(examples(FOLDER))
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
    sys.exit(main())
