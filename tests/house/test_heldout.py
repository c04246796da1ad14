"""What measures is never what teaches."""

import json
from collections.abc import Iterator
from pathlib import Path

import yaml

from bot.text.kana import letters_only

ROOT = Path(__file__).parents[2]
TOPICS = set(yaml.safe_load((ROOT / "bot/domain/domain.yml").read_text("utf-8"))["intents"])


def held_out() -> Iterator[dict]:
    for path in sorted((ROOT / "tests/data/heldout").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            yield json.loads(line)


def taught() -> Iterator[str]:
    for path in sorted((ROOT / "data/nlu").glob("*.yml")):
        for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            for line in block["examples"].splitlines():
                yield letters_only(line.removeprefix("- "))


def test_no_training_example_equals_a_held_out_message_however_it_is_spelled() -> None:
    known = set(taught()) - {""}
    assert [row["text"] for row in held_out() if letters_only(row["text"]) in known] == []


def test_there_are_at_least_300_held_out_messages() -> None:
    assert len(list(held_out())) >= 300


def test_held_out_messages_name_topics_that_exist() -> None:
    assert {row["topic"] for row in held_out()} <= TOPICS
    assert {topic for row in held_out() for topic in row.get("also", [])} <= TOPICS
