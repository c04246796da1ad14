"""Compile pyproject.toml's groups into hash-pinned files, or check that they still follow."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.failure import give_up
from tools.paths import ROOT

GROUPS = {"bot": "3.10", "dev-bot": "3.10", "api": "3.12", "dev-api": "3.12"}
_FOLDER = ROOT / "requirements"


def _compile(group: str, target: Path) -> None:
    """Resolve `group` into `target`; versions already pinned there are kept."""
    command = [ROOT / ".venv-uv/bin/uv", "pip", "compile", "--quiet", "--generate-hashes"]
    # No registry's name may stand in a committed file.
    command += ["--no-emit-index-url", "--custom-compile-command", "make requirements"]
    command += ["--python-version", GROUPS[group], "--group", group, "-o", target]
    subprocess.run([str(part) for part in command], cwd=ROOT, check=True)


def write() -> None:
    """Write the four files."""
    for group in GROUPS:
        _compile(group, _FOLDER / f"{group}.txt")


def check() -> None:
    """Give up when a file would change."""
    with tempfile.TemporaryDirectory() as folder:
        for group in GROUPS:
            fresh = Path(folder) / f"{group}.txt"
            shutil.copy(_FOLDER / fresh.name, fresh)
            _compile(group, fresh)
            if fresh.read_text() != (_FOLDER / fresh.name).read_text():
                give_up(f"requirements/{fresh.name} is out of date: run make requirements.")
    print("requirements/*.txt follow from pyproject.toml.")


if __name__ == "__main__":
    {"write": write, "check": check}[sys.argv[1]]()
