"""The sentences in data/nlu/, and the form in which new ones join them."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import yaml

from api.content.catalogue import DATA
from api.review.teaching.models import Candidate


class _Block(str):
    """A text that YAML writes line by line."""


class _Writer(yaml.SafeDumper):
    """Writes training data the way the files of data/nlu/ are written."""


_Writer.add_representer(
    _Block, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|")
)


@cache
def taught(folder: Path = DATA / "nlu") -> dict[str, list[str]]:
    """Return topic -> sentences of the training data."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.glob("*.yml")):
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        for block in content["nlu"]:
            lines = block["examples"].splitlines()
            found[block["intent"]] += [line.removeprefix("- ") for line in lines]
    return found


def as_training_data(candidates: Iterable[Candidate]) -> str:
    """Return a file for data/nlu/."""
    topics: dict[str, list[str]] = defaultdict(list)
    for each in candidates:
        topics[each.topic].append(each.text)
    blocks = [
        {"intent": topic, "examples": _Block("".join(f"- {text}\n" for text in texts))}
        for topic, texts in sorted(topics.items())
    ]
    content = {"version": "3.1", "nlu": blocks}
    return yaml.dump(content, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=1000)
