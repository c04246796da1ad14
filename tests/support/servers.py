"""Start real processes on free ports and stop them again."""

import contextlib
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
API_PYTHON = ROOT / ".venv-api" / "bin" / "python"
BOT_PYTHON = ROOT / ".venv-bot" / "bin" / "python"
TOKEN = "token-for-tests-" + "0" * 16


def free_port() -> int:
    """Return a port nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(url: str) -> bool:
    """Say whether anything at all answers at `url`."""
    try:
        urllib.request.urlopen(url, timeout=2)  # noqa: S310 - our own http address
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def wait_for(url: str, process: subprocess.Popen, seconds: float = 120) -> None:
    """Return when `url` answers; fail when the process ends or time runs out."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args} ended with {process.returncode}")
        if answers(url):
            return
        time.sleep(0.1)
    raise TimeoutError(url)


@contextlib.contextmanager
def running(command: list, url: str, log: Path, **environment: str) -> Iterator[subprocess.Popen]:
    """Run `command` until the block ends; `url` tells when it is up."""
    variables = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore", **environment}
    with log.open("ab") as output:
        process = subprocess.Popen(
            [*map(str, command)], cwd=ROOT, env=variables, stdout=output, stderr=output
        )
    try:
        wait_for(url, process)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextlib.contextmanager
def accounts_api(folder: Path, port: int) -> Iterator[str]:
    """Run the mock account API on a migrated database of its own; yield its address."""
    environment = {
        "HELPBOT_ACCOUNTS_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/accounts.db",
        "HELPBOT_ACCOUNTS_TOKEN": TOKEN,
        "HELPBOT_ACCOUNTS_PORT": str(port),
    }
    subprocess.run(
        [API_PYTHON, "-m", "api.accounts.migrate"],
        cwd=ROOT,
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
    )
    url = f"http://127.0.0.1:{port}"
    command = [API_PYTHON, "-m", "api.accounts"]
    with running(command, f"{url}/healthz", folder / "accounts.log", **environment):
        yield url


@contextlib.contextmanager
def action_server(folder: Path, port: int, accounts_url: str) -> Iterator[str]:
    """Run the action server; yield its address."""
    environment = {
        "HELPBOT_ACCOUNTS_URL": accounts_url,
        "HELPBOT_ACCOUNTS_TOKEN": TOKEN,
        "HELPBOT_ACTIONS_PORT": str(port),
    }
    url = f"http://127.0.0.1:{port}"
    command = [BOT_PYTHON, "-m", "actions"]
    with running(command, f"{url}/health", folder / "actions.log", **environment):
        yield url


@contextlib.contextmanager
def rasa_server(folder: Path, port: int, actions_url: str) -> Iterator[str]:
    """Run Rasa with this tree's model, trained when need be; yield its address."""
    model = subprocess.run(
        [API_PYTHON, "-m", "tools.train"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.strip()
    environment = {
        "HELPBOT_RASA_TOKEN": TOKEN,
        "HELPBOT_MODEL": model,
        "HELPBOT_ACTIONS_URL": f"{actions_url}/webhook",
        "HELPBOT_TRACKER_URL": f"sqlite:///{folder}/tracker.db",
        "RASA_TELEMETRY_ENABLED": "false",
    }
    command = [BOT_PYTHON, "-m", "rasa", "run", "--quiet", "--interface", "127.0.0.1"]
    command += ["--port", port, "--model", model]
    command += ["--endpoints", "endpoints.yml", "--credentials", "credentials.yml"]
    url = f"http://127.0.0.1:{port}"
    with running(command, f"{url}/", folder / "rasa.log", **environment):
        yield url
