"""The messages that measure: tests/data/heldout/. Nothing is trained, chosen or tuned on them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from evaluation.corpus import ROOT

FOLDER = ROOT / "tests" / "data" / "heldout"
OUT = "out_of_scope"


class Row(NamedTuple):
    """A message, its topic, what else is right too, and the style it is written in."""

    text: str
    topic: str
    also: tuple[str, ...]
    style: str

    @property
    def ours(self) -> bool:
        """Whether the message is about the service (or small talk with the bot)."""
        return self.topic != OUT

    def credited(self, topic: str) -> str:
        """Return the topic that counts as the truth when `topic` was heard."""
        return topic if topic in self.also else self.topic


def rows(folder: Path = FOLDER) -> list[Row]:
    """Return every message under `folder`, file by file."""
    return [
        Row(line["text"], line["topic"], tuple(line.get("also", ())), line.get("style", ""))
        for path in sorted(folder.glob("*.jsonl"))
        for line in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    ]
