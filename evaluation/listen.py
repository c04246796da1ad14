"""Train one Rasa pipeline and write down how it hears the held-out messages.

    .venv-bot/bin/python -m evaluation.listen config.yml var/evaluation/ours.json

What was written before from the same data, pipeline and messages is kept: DIET takes its time.
With `--longest 30` training examples of more letters are left out: DIET pads each batch to its
longest sentence, and an epoch over all examples takes it three minutes of one core.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from rasa.core.agent import Agent, load_agent
from rasa.model_training import train_nlu
from sklearn.model_selection import StratifiedKFold

from evaluation.corpus import ROOT, Example, training_examples
from evaluation.held_out import Row, rows

_FOLDS, _SEED = 5, 20261123
# What our own pipeline is made of besides its configuration.
_OWN = ("bot/components", "bot/dictionaries", "bot/text", "data/distress.yml")


def main() -> None:
    """Train on everything and hear the held-out messages; then, if asked for, five folds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--folds", action="store_true", help="cross-validate as well")
    parser.add_argument("--longest", type=int, default=10_000, help="letters of an example")
    asked = parser.parse_args()
    examples = [each for each in training_examples() if len(each[0]) <= asked.longest]
    messages = rows()
    state = _fingerprint(asked.config, examples, messages)
    kept = _kept(asked.target, state)
    if "held_out" not in kept:
        kept = {
            **kept,
            "examples": len(examples),
            **_heard(asked.config, examples, [row.text for row in messages]),
        }
        _write(asked.target, kept)
    if asked.folds and "folds" not in kept:
        _write(asked.target, {**kept, "folds": _folds(asked.config, examples)})


def _fingerprint(config: Path, examples: list[Example], messages: list[Row]) -> str:
    total = hashlib.sha256(config.read_bytes())
    total.update(json.dumps([examples, messages], ensure_ascii=False).encode())
    if "bot.components" in config.read_text(encoding="utf-8"):
        for path in sorted(path for name in _OWN for path in (ROOT / name).rglob("*.*")):
            total.update(path.read_bytes() if "__pycache__" not in path.parts else b"")
    return total.hexdigest()


def _kept(target: Path, state: str) -> dict[str, Any]:
    if target.exists():
        kept: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
        if kept["state"] == state:
            return kept
    return {"state": state}


def _write(target: Path, content: dict[str, Any]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def _heard(config: Path, examples: Sequence[Example], texts: Sequence[str]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        began, agent = time.monotonic(), _trained(config, examples, Path(folder))
        trained = time.monotonic() - began
        began = time.monotonic()
        guesses = asyncio.run(_parsed(agent, texts))
        milliseconds = 1000 * (time.monotonic() - began) / max(1, len(texts))
    return {
        "held_out": guesses,
        "training_seconds": round(trained, 1),
        "parse_milliseconds": round(milliseconds, 2),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _trained(config: Path, examples: Sequence[Example], folder: Path) -> Agent:
    data = folder / "nlu.yml"
    blocks: dict[str, list[str]] = {}
    for text, intent in examples:
        blocks.setdefault(intent, []).append(f"- {text}\n")
    nlu = [{"intent": name, "examples": "".join(lines)} for name, lines in blocks.items()]
    data.write_text(yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True), "utf-8")
    model = train_nlu(str(config), str(data), str(folder), fixed_model_name="model")
    return asyncio.run(load_agent(model_path=model))


async def _parsed(agent: Agent, texts: Sequence[str]) -> list[dict[str, Any]]:
    return [_short(await agent.parse_message(text)) for text in texts]


def _short(parsed: dict[str, Any]) -> dict[str, Any]:
    ranking = [(each["name"], each["confidence"]) for each in parsed["intent_ranking"]]
    sure = [pair for pair in ranking if pair[0] != "nlu_fallback"]
    return {"decided": parsed["intent"]["name"], "ranking": sure[:10]}


def _folds(config: Path, examples: list[Example]) -> list[dict[str, Any]]:
    """Return (truth, heard) of each example by a pipeline that has not seen it."""
    found = []
    splitter = StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED)
    for seen, unseen in splitter.split(examples, [intent for _, intent in examples]):
        heard = _heard(config, [examples[i] for i in seen], [examples[i][0] for i in unseen])
        found += [
            {"truth": examples[place][1], "heard": guess["ranking"][0][0]}
            for place, guess in zip(unseen, heard["held_out"], strict=True)
        ]
        sys.stderr.write(f"{config.stem}: {len(found)} of {len(examples)}\n")
    return found


if __name__ == "__main__":
    main()
