import os
import stat
import subprocess
from pathlib import Path

from tests.support.servers import API_PYTHON, ROOT

PROGRAM = "from tools import secrets_file as s; print(len(set(s.ensure().values())))"


def ensure(var: Path) -> str:
    environment = {**os.environ, "HELPBOT_VAR": str(var)}
    return subprocess.run(
        [API_PYTHON, "-c", PROGRAM],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()


def test_each_secret_is_made_and_is_another(tmp_path: Path) -> None:
    assert ensure(tmp_path) == "3"


def test_only_the_owner_may_read_the_file(tmp_path: Path) -> None:
    ensure(tmp_path)
    assert stat.S_IMODE((tmp_path / "secrets.env").stat().st_mode) == 0o600


def test_secrets_that_stand_are_kept(tmp_path: Path) -> None:
    ensure(tmp_path)
    before = (tmp_path / "secrets.env").read_text()
    ensure(tmp_path)
    assert (tmp_path / "secrets.env").read_text() == before


def test_a_secret_that_is_missing_is_added(tmp_path: Path) -> None:
    (tmp_path / "secrets.env").write_text("HELPBOT_RASA_TOKEN=mine-and-long-enough\n")
    ensure(tmp_path)
    lines = (tmp_path / "secrets.env").read_text().splitlines()
    assert lines[0] == "HELPBOT_RASA_TOKEN=mine-and-long-enough"
    assert len(lines) == 3
