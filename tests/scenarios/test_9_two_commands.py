"""`make up` and `make down` as a newcomer and a service manager meet them."""

import os
import signal
import socket
import stat
import subprocess
from pathlib import Path

import pytest

from tests.scenarios.conftest import Stack, wait_until
from tests.support.servers import API_PYTHON, ROOT, free_port


def run(module: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [API_PYTHON, "-m", module]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120
    )


def test_the_secrets_are_readable_by_their_owner_only(stack: Stack) -> None:
    assert stat.S_IMODE((stack.var / "secrets.env").stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["WORKER", "ACCOUNTS", "RASA", "ACTIONS"])
def test_the_private_parts_listen_on_loopback_only(stack: Stack, name: str) -> None:
    port = int(stack.environment[f"HELPBOT_{name}_PORT"])
    wait_until(lambda: port in listening(stack))
    assert listening(stack)[port] == "127.0.0.1"


def listening(stack: Stack) -> dict[int, str]:
    return {
        connection.laddr.port: connection.laddr.ip
        for process in stack.all()
        for connection in process.net_connections("tcp")
        if connection.status == "LISTEN"
    }


def test_a_second_start_says_in_one_sentence_that_it_runs(stack: Stack) -> None:
    done = run("tools.up", stack.environment)
    assert done.returncode == 1
    assert done.stderr.strip().splitlines() == [
        "It is running already: open the page, or run make down first."
    ]


def test_a_port_in_use_is_one_sentence_and_nothing_is_started(tmp_path: Path) -> None:
    stack = Stack(tmp_path / "var")
    with socket.create_server(("127.0.0.1", int(stack.environment["HELPBOT_RASA_PORT"]))):
        done = run("tools.up", stack.environment)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "HELPBOT_RASA_PORT=" in done.stderr
    assert stack.all() == []


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file where the folder should be")
    done = run("tools.up", {**os.environ, "HELPBOT_VAR": str(tmp_path / "var")})
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_full_disk_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    from tools import preflight

    with pytest.raises(SystemExit):
        preflight.check_disk(room=2**60)
    assert "free at least" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HELPBOT_PORT", "abc"),
        ("HELPBOT_PORT", "80000"),
        ("HELPBOT_ACCOUNTS_PORT", "8000"),
    ],
)
def test_a_port_that_cannot_be_is_one_sentence(tmp_path: Path, name: str, value: str) -> None:
    environment = {**os.environ, "HELPBOT_PORT": "8000", "HELPBOT_VAR": str(tmp_path / "var")}
    done = run("tools.up", {**environment, name: value})
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert name in done.stderr


@pytest.mark.parametrize("content", [b"HELPBOT_RASA_TOKEN=\n", b"\xff\xfe=x\n"])
def test_secrets_that_are_no_use_are_one_sentence(tmp_path: Path, content: bytes) -> None:
    stack = Stack(tmp_path / "var")
    stack.var.mkdir()
    (stack.var / "secrets.env").write_bytes(content)
    done = run("tools.up", stack.environment)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "secrets.env" in done.stderr


def test_chat_in_the_terminal_answers_through_the_chat_api(stack: Stack) -> None:
    done = subprocess.run(
        [API_PYTHON, "-m", "tools.chat"], cwd=ROOT, env=stack.environment, text=True,
        input="ワンタイムパスワードが届きません\n", capture_output=True, timeout=60,
    )  # fmt: skip
    assert "topics: ['otp_not_received']" in done.stdout


def test_chat_without_a_bot_says_how_to_start_it() -> None:
    done = run("tools.chat", {**os.environ, "HELPBOT_PORT": str(free_port())})
    assert done.returncode == 1
    assert "make up" in done.stderr


# The last two stop the stack: they stay at the end of the last file.
def test_what_dies_is_restarted(stack: Stack) -> None:
    before = {name: stack.part(name).pid for name in ("api", "worker", "accounts", "actions")}
    for name in before:
        stack.part(name).kill()
    for name, pid in before.items():
        wait_until(lambda name=name, pid=pid: stack.part(name).pid != pid)


@pytest.mark.parametrize("way", ["ctrl-c", "two terms", "make down"])
def test_stopping_leaves_no_process_behind(stack: Stack, way: str) -> None:
    if stack.process.poll() is not None:
        stack.up()
    if way == "ctrl-c":
        assert stack.stop(signal.SIGINT) == 0
    elif way == "two terms":
        stack.process.send_signal(signal.SIGTERM)
        assert stack.stop(signal.SIGTERM) == 0
    else:
        assert run("tools.down", stack.environment).stdout.strip() == "Stopped."
        assert stack.process.wait(30) == 0
    assert stack.all() == []
