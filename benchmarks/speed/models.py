"""Train what is compared, and time it: our model, and a stock pipeline on the same data."""

import subprocess
import time
from pathlib import Path
from typing import Any

import yaml

from benchmarks.stack import WORK
from tests.support.servers import BOT_PYTHON, ROOT
from tools import train
from tools.paths import DOMAIN, RULES

# DIET pads each batch to its longest sentence: with all examples, half an hour becomes two.
LONGEST = 30


def train_ours() -> dict[str, Any]:
    """Train our model once more; it is bare Rasa's model, too."""
    target = WORK / "ours-again.tar.gz"
    WORK.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    train.train(target)
    return _figures(target, time.monotonic() - began)


def stock_model(name: str, epochs: int | None = None) -> Path:
    """Return where a stock model is kept, with what it was made of in its name."""
    made_of = f"{name}-{train.fingerprint()}" + (f"-{epochs}" if epochs else "")
    return WORK / "models" / f"{made_of}.tar.gz"


def train_stock(name: str, epochs: int | None = None) -> dict[str, Any]:
    """Train a pipeline of evaluation/stock/ with our domain and rules, on our shorter examples."""
    target, folder = stock_model(name, epochs), WORK / "stock-data"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.yml").write_text(_config(name, epochs), "utf-8")
    (folder / "nlu.yml").write_text(_shorter_examples(), "utf-8")
    command = [
        BOT_PYTHON, "-m", "rasa", "train", "--config", folder / "config.yml", "--domain", DOMAIN,
        "--data", folder / "nlu.yml", "data/rules", RULES, "--out", target.parent,
        "--fixed-model-name", target.name.removesuffix(".tar.gz"), "--force", "--skip-validation",
    ]  # fmt: skip
    began = time.monotonic()
    with (folder / "train.log").open("wb") as log:
        subprocess.run(
            [*map(str, command)], cwd=ROOT, env=train.rasa_environment(), check=True,
            stdout=log, stderr=log,
        )  # fmt: skip
    return {**_figures(target, time.monotonic() - began), "pipeline": name, "longest": LONGEST}


def our_model() -> Path:
    """Return this tree's model, trained if need be."""
    return train.ensure_model()


def _figures(model: Path, seconds: float) -> dict[str, Any]:
    return {"train_seconds": round(seconds, 1), "model_mb": round(model.stat().st_size / 2**20, 2)}


def _config(name: str, epochs: int | None) -> str:
    """Return the stock pipeline with the policies of ours."""
    stock = yaml.safe_load((ROOT / "evaluation" / "stock" / f"{name}.yml").read_text("utf-8"))
    ours = yaml.safe_load((ROOT / "config.yml").read_text("utf-8"))
    for each in stock["pipeline"]:
        if epochs and "epochs" in each:
            each["epochs"] = epochs
    return yaml.safe_dump({**stock, "assistant_id": f"stock-{name}", "policies": ours["policies"]})


def _shorter_examples() -> str:
    blocks = []
    for path in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            lines = [line for line in block["examples"].splitlines() if len(line) <= LONGEST + 2]
            blocks.append({"intent": block["intent"], "examples": "\n".join(lines) + "\n"})
    return yaml.safe_dump({"version": "3.1", "nlu": blocks}, allow_unicode=True)
