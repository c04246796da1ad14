"""Sentences for evaluation: Rasa's training files and JSON lines, cut into words."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import yaml
from sudachipy import SplitMode

from bot.components import user_dictionary
from bot.components.hearing import Sentence, hear

ROOT = Path(__file__).parents[1]
Example = tuple[str, str]


class Cutter:
    """Cuts sentences as the bot's tokenizer does."""

    def __init__(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / "user.dic"
            user_dictionary.build(user_dictionary.SOURCE, target)
            self._words = user_dictionary.open_dictionary(target).create(mode=SplitMode.C)

    def __call__(self, text: str) -> Sentence:
        """Return what the classifier gets of `text`."""
        return hear(text, self._words)


def training_examples(folder: Path = ROOT / "data" / "nlu") -> list[Example]:
    """Return (text, intent) of every example under data/nlu/."""
    return [pair for path in sorted(folder.glob("*.yml")) for pair in _examples(path)]


def _examples(path: Path) -> Iterator[Example]:
    for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
        for line in block["examples"].splitlines():
            yield line.removeprefix("- "), block["intent"]


def json_lines(path: Path) -> list[Example]:
    """Return (text, intent) of each line of a file like MASSIVE's."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(row["text"], row["intent"]) for row in map(json.loads, lines)]
