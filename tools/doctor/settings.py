"""Would the gateway and the account API take these settings?"""

import os
import subprocess
from collections.abc import Iterator

from tools import secrets_file
from tools.doctor.finding import Finding, well, wrong
from tools.paths import API_PYTHON, ROOT

_PART = "settings"
_MODULES = ("api.settings", "api.accounts.settings")


def environment() -> dict[str, str]:
    """Return what the processes would get; a secret that is still to be made has a stand-in."""
    stand_ins = {name: "x" * secrets_file.LEAST_LENGTH for name in secrets_file.NAMES}
    # A secret that is too short is a finding of its own.
    known = {
        name: value
        for name, value in secrets_file.read().items()
        if name not in stand_ins or len(value) >= secrets_file.LEAST_LENGTH
    }
    return {**stand_ins, **known, **os.environ, "PYTHONPATH": str(ROOT)}


def check() -> Iterator[Finding]:
    """Load them as the processes do; each fault is one sentence of theirs."""
    faults = [line for module in _MODULES for line in _refused(module)]
    for fault in dict.fromkeys(faults):
        yield wrong(_PART, fault)
    if not faults:
        mode = os.environ.get("HELPBOT_ACCOUNT_MODE", "demo")
        yield well(_PART, f"account mode {mode}.")


def _refused(module: str) -> list[str]:
    program = f"from {module} import load_settings; load_settings()"
    command = [str(API_PYTHON), "-c", program]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True)
    if done.returncode and done.returncode != 2:
        return [f"{module} cannot be read: run make up, which renews the environment."]
    return done.stderr.strip().splitlines() if done.returncode else []
