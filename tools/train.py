"""Train when data, configuration or components changed; print the model's path.

The model's name carries the hash of all it was made from, so an unchanged tree finds its model
and a changed one cannot be served by an old one.
"""

import hashlib
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tools import build_domain, build_rules
from tools.paths import BOT_PYTHON, DOMAIN, LOGS, MODELS, ROOT, RULES

# What the archive is made of; the channel and the tracker store are not in it.
_INGREDIENTS = (
    "config.yml",
    "bot/components",
    "bot/dictionaries",
    "bot/text",
    "data/distress.yml",
    "data/nlu",
    "data/rules",
    "data/stories",
    "requirements/bot.txt",
)


def rasa_environment() -> dict[str, str]:
    """Return the environment for Rasa: our modules on the path, no calls home, no chatter."""
    quiet = {
        "RASA_TELEMETRY_ENABLED": "false",
        "PYTHONWARNINGS": "ignore",
        "TQDM_DISABLE": "1",
        "FORCE_JSON_LOGGING": "on",
    }
    return {**os.environ, **quiet, "PYTHONPATH": str(ROOT), "TF_CPP_MIN_LOG_LEVEL": "3"}


def _files() -> list[Path]:
    found: list[Path] = [DOMAIN, RULES]
    for name in _INGREDIENTS:
        path = ROOT / name
        inside = path.rglob("*") if path.is_dir() else [path]
        found += [f for f in inside if f.suffix in {".yml", ".py", ".csv", ".txt"}]
    return sorted(found)


def fingerprint() -> str:
    """Return 12 hexadecimal digits over everything the model is made from."""
    total = hashlib.sha256()
    for path in _files():
        total.update(str(path.relative_to(ROOT)).encode())
        total.update(path.read_bytes())
    return total.hexdigest()[:12]


def model_path() -> Path:
    """Return where the model of this tree is or will be. Writes what is generated first."""
    build_domain.main()
    build_rules.main()
    return MODELS / f"helpbot-{fingerprint()}.tar.gz"


def ensure_model() -> Path:
    """Return the path of this tree's model, trained now if it is not there.

    Raises CalledProcessError when Rasa cannot train.
    """
    path = model_path()
    if not path.exists():
        train(path)
    return path


def train(path: Path, more: Sequence[str] = ()) -> None:
    """Train `path` on this tree's data and the folders in `more`."""
    MODELS.mkdir(parents=True, exist_ok=True)
    LOGS.mkdir(exist_ok=True)
    unfinished = f"unfinished-{path.name.removesuffix('.tar.gz')}"
    command = [
        BOT_PYTHON,
        "-m",
        "rasa",
        "train",
        "--domain",
        DOMAIN,
        "--data",
        "data",
        RULES,
        *more,
    ]
    # `make lint` validates, and fails on warnings; here it would cost a quarter of the time.
    command += ["--out", MODELS, "--fixed-model-name", unfinished, "--force", "--skip-validation"]
    with (LOGS / "train.log").open("w") as log:
        subprocess.run([*map(str, command)], cwd=ROOT, env=rasa_environment(), check=True,
                       stdout=log, stderr=subprocess.STDOUT)  # fmt: skip
    # A half-written archive must never carry the final name.
    (MODELS / f"{unfinished}.tar.gz").rename(path)


if __name__ == "__main__":
    print(ensure_model())
