"""var/secrets.env: made on the first start, mode 600, never overwritten."""

import os
import secrets

from tools.failure import give_up
from tools.paths import VAR

SECRETS = VAR / "secrets.env"
LEAST_LENGTH = 20
NAMES = ("HELPBOT_RASA_TOKEN", "HELPBOT_ACCOUNTS_TOKEN", "HELPBOT_LINK_SECRET")


def read() -> dict[str, str]:
    """Return what the file holds; empty when it is not there."""
    if not SECRETS.exists():
        return {}
    try:
        lines = SECRETS.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        give_up(f"{SECRETS} cannot be read: delete it, and the next make up writes a new one.")
    pairs = (line.partition("=") for line in lines if "=" in line and not line.startswith("#"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def ensure() -> dict[str, str]:
    """Add the secrets that are missing and return all; gives up on one that is too short."""
    known = read()
    short = [name for name in NAMES if name in known and len(known[name]) < LEAST_LENGTH]
    if short:
        give_up(
            f"{short[0]} in {SECRETS} is empty or shorter than {LEAST_LENGTH} characters: "
            "delete its line, and the next make up writes a new one."
        )
    missing = {name: secrets.token_urlsafe(32) for name in NAMES if name not in known}
    if missing:
        VAR.mkdir(exist_ok=True)
        descriptor = os.open(SECRETS, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8") as file:
            file.writelines(f"{name}={value}\n" for name, value in missing.items())
    SECRETS.chmod(0o600)
    return {**known, **missing}
