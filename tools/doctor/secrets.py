"""Is var/secrets.env for its owner alone, and is each secret one?"""

import stat
from collections.abc import Iterator

from tools import secrets_file
from tools.doctor.finding import Finding, refusal, well, wrong

_PART = "secrets"
_ONLY_OWNER = 0o600


def check() -> Iterator[Finding]:
    """Look at the file as it is; nothing is written."""
    path = secrets_file.SECRETS
    if not path.exists():
        yield well(_PART, f"{path} is not there yet: the first make up makes it.")
        return
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode != _ONLY_OWNER:
        yield wrong(_PART, f"{path} has mode {mode:o}, so others may read it: chmod 600 {path}")
    faults = list(_faults())
    yield from (wrong(_PART, fault) for fault in faults)
    if mode == _ONLY_OWNER and not faults:
        yield well(_PART, f"{len(secrets_file.NAMES)} secrets, mode 600.")


def _faults() -> Iterator[str]:
    if fault := refusal(secrets_file.read):
        yield fault
        return
    known = secrets_file.read()
    for name in secrets_file.NAMES:
        if name not in known:
            yield f"{name} is missing: make down, then make up, which adds it."
        elif len(known[name]) < secrets_file.LEAST_LENGTH:
            yield (
                f"{name} is shorter than {secrets_file.LEAST_LENGTH} characters: delete its line, "
                "and the next make up writes a new one."
            )
    ours = [known[name] for name in secrets_file.NAMES if known.get(name)]
    if len(set(ours)) < len(ours):
        yield "two secrets are the same: delete one of the lines, then make up."
