"""Train with sentences that staff accepted and compare with the model before.

Reads one JSON object from the console on stdin ({"candidates", "judged", "before"}), writes one
on stdout. What people said comes by pipe and is in no file; only rewritten sentences are.
"""

import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

from tools import train
from tools.paths import BOT_PYTHON, LOGS, MODELS, ROOT

_HELDOUT = ROOT / "tests" / "data" / "heldout"


def main() -> None:
    """Answer one order."""
    order: dict[str, Any] = json.load(sys.stdin)
    path = train.model_path()
    if not path.exists():
        train.ensure_model()
    taught = _with(path, order["candidates"])
    json.dump(_result(order, MODELS / order["before"], taught), sys.stdout, ensure_ascii=False)


def _with(base: Path, candidates: list[dict[str, str]]) -> Path:
    """Return the model with the candidates in it; the same ones give the same name."""
    canonical = json.dumps(sorted(candidates, key=str), ensure_ascii=False)
    mark = hashlib.sha256(canonical.encode()).hexdigest()[:8]
    path = base.with_name(f"{base.name.removesuffix('.tar.gz')}-{mark}.tar.gz")
    if path.exists():
        return path
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "taught.yml").write_text(_training_data(candidates), "utf-8")
        train.train(path, [folder])
    return path


def _training_data(candidates: list[dict[str, str]]) -> str:
    """Return the candidates as Rasa reads them: not as JSON, which it takes for another format."""
    topics: dict[str, str] = {}
    for each in candidates:
        topics[each["topic"]] = topics.get(each["topic"], "") + f"- {each['text']}\n"
    blocks = [{"intent": topic, "examples": lines} for topic, lines in topics.items()]
    return yaml.safe_dump({"version": "3.1", "nlu": blocks}, allow_unicode=True)


def _heldout() -> list[tuple[str, list[str]]]:
    """Return (text, topics that count as right)."""
    rows = [
        json.loads(line)
        for path in sorted(_HELDOUT.glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    return [(row["text"], [row["topic"], *row.get("also", [])]) for row in rows]


def _result(order: dict[str, Any], before: Path, after: Path) -> dict[str, Any]:
    sets = {
        "heldout": _heldout(),
        "judged": [(text, [topic]) for text, topic, *_ in order["judged"]],
        "taught": [(each["text"], [each["topic"]]) for each in order["candidates"]],
    }
    texts = [text for messages in sets.values() for text, _ in messages]
    heard = _understood(before, after, texts)
    scores, done = {}, 0
    for name, messages in sets.items():
        part = slice(done, done + len(messages))
        scores[name] = _score(messages, heard["before"][part], heard["after"][part])
        done += len(messages)
    # A judged conversation is a test that stays: what breaks is named, for staff to open.
    places = [f"{talk}#{message}" for *_, talk, message in order["judged"]]
    scores["judged"]["broken"] = [places[each] for each in scores["judged"]["broken"]]
    return {
        "file": after.name,
        "model_id": heard["model_id"],
        "data_hash": after.name.removeprefix("helpbot-").removesuffix(".tar.gz"),
        "scores": scores,
    }


def _score(
    messages: list[tuple[str, list[str]]], before: list[str], after: list[str]
) -> dict[str, Any]:
    """Count what was and is right, and what changed; `broken` are the places of what got worse."""
    was = [got in right for (_, right), got in zip(messages, before, strict=True)]
    now = [got in right for (_, right), got in zip(messages, after, strict=True)]
    return {
        "n": len(messages),
        "before": sum(was),
        "after": sum(now),
        "better": sum(b > a for a, b in zip(was, now, strict=True)),
        "worse": sum(a > b for a, b in zip(was, now, strict=True)),
        "broken": [place for place, (a, b) in enumerate(zip(was, now, strict=True)) if a > b],
    }


def _understood(before: Path, after: Path, texts: list[str]) -> dict[str, Any]:
    """Ask both models in Rasa's own environment."""
    with (LOGS / "teach.log").open("w") as log:
        done = subprocess.run(
            [str(BOT_PYTHON), "-m", "tools.compare_models", str(before), str(after)],
            cwd=ROOT, env=train.rasa_environment(), input=json.dumps(texts), text=True,
            stdout=subprocess.PIPE, stderr=log, check=True,
        )  # fmt: skip
    heard: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return heard


if __name__ == "__main__":
    main()
