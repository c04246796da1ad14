"""Gather what was heard and measured into one report."""

from __future__ import annotations

import json
import platform
import subprocess
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sklearn.metrics import accuracy_score, f1_score

from evaluation import figures
from evaluation.corpus import ROOT, training_examples
from evaluation.figures import Guess
from evaluation.held_out import FOLDER, Row, rows
from evaluation.score_messages import shares

_OURS, _LONGEST = "ours", 30
# Others' published numbers on MASSIVE ja-JP test: FitzGerald et al. 2023, arXiv 2204.08582,
# table 8, second hand; one model for 51 languages.
_PUBLISHED = (
    {"model": "the paper's best", "accuracy": 0.858, "source": "paper; test, 51 languages"},
    {"model": "XLM-R base", "accuracy": 0.839, "source": "paper; test, 51 languages"},
)


def build(folder: Path) -> dict[str, Any]:
    """Return the report on what stands in `folder`.

    Raises FileNotFoundError for a measurement that was not made: `ours.json` and `short/*.json`
    (evaluation.listen), `massive.json` (evaluation.massive), `chat_api.jsonl`
    (evaluation.score_messages).
    """
    messages = rows()
    ours = _read(folder / "ours.json")
    guesses = _guesses(messages, ours["held_out"])
    short = {path.stem: _read(path) for path in sorted((folder / "short").glob("*.json"))}
    rivals = {name: _guesses(messages, each["held_out"]) for name, each in short.items()}
    names = sorted(rivals, key=lambda name: (name != _OURS, name))
    return {
        "about": {**_about(messages, short[_OURS]["examples"]), "missing": _missing(ours, short)},
        "ours": {**_pipeline(_OURS, guesses, ours), **_folds(ours.get("folds", []))},
        "pipelines": [_pipeline(name, rivals[name], short[name]) for name in names],
        "rejection": [*_rejection("ours, all examples", guesses)]
        + [line for name in names for line in _rejection(name, rivals[name])],
        "curve": figures.curve(guesses),
        "chat_api": _chat_api(folder / "chat_api.jsonl"),
        "by_style": figures.by_style(guesses),
        "by_intent": figures.by_intent(guesses),
        "confusions": figures.confusions(guesses),
        "massive": _massive(folder / "massive.json"),
        "misheard": [_misheard(guess) for guess in guesses if not guess.right],
    }


def _missing(ours: dict[str, Any], short: dict[str, Any]) -> str:
    stock = {path.stem for path in (ROOT / "evaluation" / "stock").glob("*.yml")}
    found = [*sorted(stock - set(short)), *([] if "folds" in ours else ["cross-validation"])]
    return ", ".join(found) or "nothing"


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _guesses(messages: Sequence[Row], heard: Sequence[dict[str, Any]]) -> list[Guess]:
    return [
        Guess(row, each["decided"], tuple((name, p) for name, p in each["ranking"]))
        for row, each in zip(messages, heard, strict=True)
    ]


def _about(messages: Sequence[Row], short: int) -> dict[str, Any]:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    return {
        "date": date.today().isoformat(),
        "commit": commit.stdout.strip() or "unknown",
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "messages": len(messages),
        "others": sum(not row.ours for row in messages),
        "authors": len(list(FOLDER.glob("*.jsonl"))),
        "examples": len(training_examples()),
        "short": short,
        "longest": _LONGEST,
    }


def _pipeline(name: str, guesses: Sequence[Guess], listener: dict[str, Any]) -> dict[str, Any]:
    measured = ("training_seconds", "parse_milliseconds", "megabytes")
    return {
        "pipeline": name,
        **figures.summary(guesses),
        **{key: listener[key] for key in measured},
    }


def _folds(folds: Sequence[dict[str, str]]) -> dict[str, float | None]:
    """Return the figures of cross-validation; None where it was not run to its end."""
    if not folds:
        return {"cv_accuracy": None, "cv_macro_f1": None}
    truth, heard = ([each[key] for each in folds] for key in ("truth", "heard"))
    return {
        "cv_accuracy": round(float(accuracy_score(truth, heard)), 4),
        "cv_macro_f1": round(float(f1_score(truth, heard, average="macro")), 4),
    }


def _rejection(name: str, guesses: Sequence[Guess]) -> list[dict[str, Any]]:
    found = figures.rejection(guesses)
    return [{"pipeline": name, "score": score, **found[score]} for score in ("score", "stock")]


def _chat_api(path: Path) -> dict[str, Any]:
    return shares([json.loads(line) for line in path.read_text("utf-8").splitlines()])


def _massive(path: Path) -> list[dict[str, Any]]:
    ours = {"model": "ours", "source": "`evaluation/massive.py`; dev, Japanese alone"}
    unknown = {"macro_f1": None, "training_seconds": None}
    return [{**ours, **_read(path)}, *({**unknown, **each} for each in _PUBLISHED)]


def _misheard(guess: Guess) -> dict[str, str]:
    text = guess.row.text.replace("|", "¦").replace("\n", " ")
    return {"message": text, "topic": guess.row.topic, "heard": guess.topic}
