"""What `make up` says where it cannot begin."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tools.paths import ROOT


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The files that laying needs, and no environment."""
    for folder in ("tools", "requirements"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copytree(ROOT / ".venv-uv", tmp_path / ".venv-uv", symlinks=True)
    return tmp_path


def lay(clone: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [clone / "tools/lay_environments.sh", "run"],
        env={**os.environ, **environment}, capture_output=True, text=True, timeout=120,
    )  # fmt: skip


def test_a_missing_interpreter_is_one_sentence(clone: Path) -> None:
    # No interpreter anywhere uv looks, and no network to fetch one.
    nowhere = {"UV_PYTHON_PREFERENCE": "only-managed", "UV_PYTHON_INSTALL_DIR": str(clone / "none")}
    done = lay(clone, UV_OFFLINE="1", **nowhere)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "Python 3.12 was not found" in done.stderr


def test_a_disk_without_room_is_one_sentence(clone: Path) -> None:
    tiny = clone / "bin"
    tiny.mkdir()
    df = tiny / "df"
    df.write_text("#!/bin/sh\necho head\necho disk 1000000 999000 1000 99% /\n")
    df.chmod(0o755)
    done = lay(clone, PATH=f"{tiny}:{os.environ['PATH']}")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "free some space" in done.stderr
    assert not (clone / ".venv-api").exists()
