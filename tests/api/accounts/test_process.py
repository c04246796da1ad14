"""The process as `make up` starts it: real interpreter, real environment, real port."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import psutil
import pytest

ROOT = Path(__file__).resolve().parents[3]
TOKEN = {"HELPBOT_ACCOUNTS_TOKEN": "a-token-of-the-tests-only"}


def environment(given):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("HELPBOT_")}
    return clean | {"PYTHONPATH": str(ROOT)} | given


@pytest.fixture
def start(tmp_path):
    """Return a function that starts a module in an empty folder, where no var/ can help it."""
    running = []

    def process(module, **given):
        child = subprocess.Popen(
            [sys.executable, "-m", module],
            cwd=tmp_path,
            env=environment(given),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        running.append(child)
        return child

    yield process
    for child in running:
        child.kill()
        child.communicate()


@pytest.fixture
def refusal(start):
    def of(module="api.accounts", **given):
        child = start(module, **given)
        return child.communicate(timeout=30)[0], child.returncode

    return of


@pytest.mark.parametrize("module", ["api.accounts", "api.accounts.migrate"])
def test_a_missing_token_ends_the_process_with_one_sentence(refusal, module):
    assert refusal(module) == (
        "HELPBOT_ACCOUNTS_TOKEN is missing: run `make up`, which creates it in var/secrets.env.\n",
        2,
    )


def test_a_short_token_is_refused_without_being_quoted(refusal):
    assert refusal(HELPBOT_ACCOUNTS_TOKEN="nineteen-characters") == (
        "HELPBOT_ACCOUNTS_TOKEN is refused (it has fewer than 20 characters): "
        "run `make up`, which creates it in var/secrets.env.\n",
        2,
    )


def test_the_secrets_file_of_make_up_is_read(start, tmp_path):
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "secrets.env").write_text(f"HELPBOT_ACCOUNTS_TOKEN={'x' * 20}\n")
    assert start("api.accounts.migrate").wait(timeout=30) == 0


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url, **request):
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            return httpx.get(url, **request)
        except httpx.TransportError:
            time.sleep(0.05)
    raise TimeoutError(url)


def test_the_server_listens_on_loopback_only(start):
    port = free_port()
    server = start("api.accounts", HELPBOT_ACCOUNTS_PORT=str(port), **TOKEN)
    assert wait_for(f"http://127.0.0.1:{port}/healthz").json() == {"status": "ok"}
    listening = [
        one for one in psutil.Process(server.pid).net_connections() if one.status == "LISTEN"
    ]
    assert {one.laddr for one in listening} == {("127.0.0.1", port)}


def test_no_log_line_holds_a_handle_or_the_token(start):
    start("api.accounts.migrate", **TOKEN).communicate(timeout=30)
    port = free_port()
    server = start("api.accounts", HELPBOT_ACCOUNTS_PORT=str(port), **TOKEN)
    token = TOKEN["HELPBOT_ACCOUNTS_TOKEN"]
    asked = wait_for(
        f"http://127.0.0.1:{port}/v1/handles/a-secret-handle/nothing",
        headers={"Authorization": f"Bearer {token}"},
    )
    server.terminate()
    log = server.communicate(timeout=20)[0]
    assert (asked.json()["receipt"] in log, "a-secret-handle" in log, token in log) == (
        True,
        False,
        False,
    )
