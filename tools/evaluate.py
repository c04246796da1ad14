"""Measure how well the bot understands, from training to the report in evaluation/.

    .venv-api/bin/python -m tools.evaluate [FOLDER WITH MASSIVE'S train.jsonl AND dev.jsonl]

What was measured before on the same data stays in var/evaluation/; DIET takes half an hour each.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tools import train
from tools.environment import PORTS
from tools.failure import give_up
from tools.paths import API_PYTHON, BOT_PYTHON, ROOT, VAR

FOLDER = ROOT / "var" / "evaluation"
_STOCK = ("sudachi_diet", "ginza_diet", "rasa_default")
_LONGEST = "30"
_PATIENCE_SECONDS = 300


def main() -> int:
    """Measure, then write the report; 0 when all of it was done."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    train.ensure_model()
    _listen("config.yml", FOLDER / "ours.json", "--folds")
    _listen("config.yml", FOLDER / "short" / "ours.json", "--longest", _LONGEST)
    for name in _STOCK:
        config = f"evaluation/stock/{name}.yml"
        _listen(config, FOLDER / "short" / f"{name}.json", "--longest", _LONGEST)
    _measure_massive(sys.argv[1:])
    _score_the_chat_api()
    return _run(BOT_PYTHON, "-m", "evaluation.report").returncode


def _run(
    python: Path, *arguments: object, target: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run a command of the project; its output goes to `target` where one is named."""
    out = target.open("wb") if target else None
    command = [str(python), "-W", "ignore", *map(str, arguments)]
    return subprocess.run(
        command, cwd=ROOT, env=train.rasa_environment(), check=True, stdout=out
    )  # fmt: skip


def _listen(config: str, target: Path, *options: str) -> None:
    print(f"{target.relative_to(FOLDER)}: training and hearing", flush=True)
    _run(BOT_PYTHON, "-m", "evaluation.listen", config, target, *options)


def _measure_massive(folder: list[str]) -> None:
    target = FOLDER / "massive.json"
    if folder:
        files = ["--train", f"{folder[0]}/train.jsonl", "--test", f"{folder[0]}/dev.jsonl"]
        _run(BOT_PYTHON, "-m", "evaluation.massive", *files, target=target)
    elif not target.exists():
        give_up("MASSIVE is not part of this repository: make evaluate MASSIVE=its/folder")


def _score_the_chat_api() -> None:
    messages, scored = FOLDER / "messages.jsonl", FOLDER / "chat_api.jsonl"
    parts = sorted((ROOT / "tests" / "data" / "heldout").glob("*.jsonl"))
    messages.write_bytes(b"".join(path.read_bytes() for path in parts))
    with _stack() as port:
        command = ["-m", "evaluation.score_messages", "--in", messages, "--out", scored]
        os.environ["HELPBOT_PORT"] = port
        _run(API_PYTHON, *command)


@contextmanager
def _stack() -> Iterator[str]:
    """Run the whole bot on free ports, with a folder of its own; yield the gateway's port."""
    ports = {name: _free_port() for name in PORTS}
    variables = {**os.environ, **ports, "HELPBOT_VAR": str(VAR / "evaluation" / "stack")}
    process = subprocess.Popen([str(API_PYTHON), "-m", "tools.up"], cwd=ROOT, env=variables)
    try:
        _wait_for(f"http://127.0.0.1:{ports['HELPBOT_PORT']}/readyz")
        yield ports["HELPBOT_PORT"]
    finally:
        process.terminate()
        process.wait(timeout=60)


def _free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            if httpx.get(address, timeout=5).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.5)
    give_up("The bot did not get ready: var/evaluation/stack/log says why.")


if __name__ == "__main__":
    sys.exit(main())
