"""`make bench`: measure what is not measured yet, write benchmarks/report.md and report.json."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from benchmarks import figures
from benchmarks.speed import models, report
from benchmarks.speed.phases import PHASES, SHORT, Sizes, measured
from benchmarks.speed.systems import Bare, Ours, System
from benchmarks.stack import WORK

STOCK = ("ginza_diet", "sudachi_diet", "rasa_default")
NAMES = ("train", *PHASES)


def _file(name: str, *, short: bool) -> Path:
    return WORK / ("speed-short" if short else "speed") / f"{name}.json"


def _keep(name: str, found: dict[str, Any], *, short: bool) -> None:
    """Write a phase's figures down as soon as there are any."""
    marks = {
        "at": figures.today(),
        "commit": figures.commit(),
        "mode": "short" if short else "whole",
        "load_before": figures.machine()["load_before"],
    }
    path = _file(name, short=short)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"marks": marks, "figures": found}, indent=2), "utf-8")
    print(name, json.dumps(found), flush=True)


def _train(stock: str, epochs: int | None) -> dict[str, Any]:
    """Train our model again, and the stock one where that is wanted."""
    ours = models.train_ours()
    found = {"ours": ours, "bare_rasa": ours}
    if stock:
        found["stock"] = models.train_stock(stock, epochs)
    return found


def _systems(stock: str, epochs: int | None) -> list[System]:
    found: list[System] = [Ours(), Bare("bare_rasa", models.our_model())]
    if stock and (model := models.stock_model(stock, epochs)).exists():
        found.append(Bare("stock", model))
    return found


def _report(*, short: bool) -> None:
    """Write what is measured so far; a short run shows it only."""
    files = [_file(name, short=short) for name in NAMES]
    kept = {path.stem: json.loads(path.read_text("utf-8")) for path in files if path.exists()}
    found = {name: each["figures"] for name, each in kept.items()}
    marks = {name: each["marks"] for name, each in kept.items()}
    if short:
        report.JSON, report.MARKDOWN = (WORK / f"short.{kind}" for kind in ("json", "md"))
    report.write(found, marks)
    print(f"{report.MARKDOWN} written")


def main() -> int:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=NAMES, action="append")
    parser.add_argument("--again", action="store_true", help="measure what is kept, too")
    parser.add_argument("--short", action="store_true", help="some minutes, into var/bench/ only")
    parser.add_argument("--stock", choices=(*STOCK, "none"), help=f"usually {STOCK[0]}")
    asked = parser.parse_args()
    short = asked.short
    # One epoch makes a useless model of the right size and speed.
    stock, epochs = asked.stock or ("none" if short else STOCK[0]), 1 if short else None
    stock = "" if stock == "none" else stock
    names = [
        name for name in asked.only or NAMES if asked.again or not _file(name, short=short).exists()
    ]
    if "train" in names:
        _keep("train", _train(stock, epochs), short=short)
    if set(names) - {"train"}:
        for name, found in measured(names, _systems(stock, epochs), SHORT if short else Sizes()):
            _keep(name, found, short=short)
    _report(short=short)
    return 0


if __name__ == "__main__":
    sys.exit(main())
