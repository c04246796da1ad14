"""Nobody's words get into the logs of Rasa and of the action server."""

import signal
import subprocess
import time

import pytest

from tests.support.servers import API_PYTHON, ROOT
from tools.filtered import filtered

SAID = "妻が倒れてログインできません"


@pytest.mark.parametrize(
    "line",
    [
        f"ValueError: {SAID}",
        f"KeyError: {SAID.encode('unicode_escape').decode()}",
        f"  text = {SAID.encode()!r}",
    ],
)
def test_words_are_taken_out_in_any_spelling(line: str) -> None:
    left = filtered(line)
    assert "[words]" in left
    for form in (SAID, SAID.encode("unicode_escape").decode(), repr(SAID.encode())[2:-1]):
        assert form[:12] not in left


def test_what_is_personal_in_plain_letters_is_masked() -> None:
    assert "taro@example.jp" not in filtered("KeyError: 'taro@example.jp'")


@pytest.mark.parametrize(
    "line", ['  File "bot/turn.py", line 41, in run_turn', "2026-11-23 12:00:00 ERROR rasa.core"]
)
def test_what_the_programs_say_stays(line: str) -> None:
    assert filtered(line) == line


def start(code: str) -> subprocess.Popen[str]:
    command = [API_PYTHON, "-m", "tools.filtered", "python3", "-c", code]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_it_ends_as_the_command_ends() -> None:
    with start(f"print({SAID!r}); raise SystemExit(7)") as process:
        assert process.communicate(timeout=30)[0] == "[words]\n"
    assert process.returncode == 7


def test_a_wish_to_stop_reaches_the_command() -> None:
    with start("print('up', flush=True); import time; time.sleep(60)") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "up\n"
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(20)
    assert time.monotonic() - began < 20
