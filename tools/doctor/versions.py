"""Are both environments laid from the requirement files as they are now?"""

import hashlib
import platform
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tools.doctor.finding import Finding, well, wrong
from tools.paths import ROOT

_PART = "versions"
_ENVIRONMENTS = {"api": "3.12", "bot": "3.10"}


def check(root: Path = ROOT) -> Iterator[Finding]:
    """Compare the interpreters and the marks that `make up` leaves behind."""
    faults = [fault for name in _ENVIRONMENTS for fault in _faults(root, name)]
    if faults:
        yield from (wrong(_PART, fault) for fault in faults)
        return
    rasa = next(root.glob(".venv-bot/lib/python*/site-packages/rasa-3*.dist-info")).name
    yield well(_PART, f"Python {platform.python_version()} and {_version(root, 'bot')}, "
                      f"{rasa.removesuffix('.dist-info').replace('-', ' ')}.")  # fmt: skip


def _faults(root: Path, name: str) -> Iterator[str]:
    mark = root / f".venv-{name}" / "laid"
    wanted = [root / "requirements" / f"{kind}{name}.txt" for kind in ("", "dev-")]
    if not mark.exists():
        yield f".venv-{name} is not laid: run make up."
    elif mark.read_text().strip() not in map(_sum, wanted):
        yield f".venv-{name} is older than requirements/{name}.txt: run make up, which renews it."
    elif not _version(root, name).startswith(f"{_ENVIRONMENTS[name]}."):
        yield (
            f".venv-{name} has Python {_version(root, name) or 'that does not start'} instead of "
            f"{_ENVIRONMENTS[name]}: delete .venv-{name}, then run make up."
        )


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _version(root: Path, name: str) -> str:
    """Return what the interpreter says of itself; empty when it does not start."""
    python = root / f".venv-{name}" / "bin" / "python"
    program = "import platform; print(platform.python_version())"
    try:
        done = subprocess.run([python, "-c", program], capture_output=True, text=True, timeout=30)
    except OSError:
        return ""
    return done.stdout.strip()
