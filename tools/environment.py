"""The environment that all five processes share, worked out once."""

import os
from pathlib import Path

from tools import secrets_file
from tools.failure import give_up
from tools.paths import ROOT, VAR, WIDGET

PORTS = {
    "HELPBOT_PORT": 8000,
    "HELPBOT_WORKER_PORT": 8001,
    "HELPBOT_ACCOUNTS_PORT": 8010,
    "HELPBOT_RASA_PORT": 5005,
    "HELPBOT_ACTIONS_PORT": 5055,
}


def ports() -> dict[str, int]:
    """Return the port of each process, from the environment where it is set.

    Gives up on what is no port and on one port for two processes.
    """
    chosen: dict[str, int] = {}
    for name, default in PORTS.items():
        value = os.environ.get(name) or str(default)
        if not value.isdecimal() or not 0 < int(value) < 65536:
            give_up(f"{name} is {value!r}: give it a number from 1 to 65535.")
        if int(value) in chosen.values():
            give_up(f"{name} is {value}, which another part has already: give each its own port.")
        chosen[name] = int(value)
    return chosen


def build(model: Path) -> dict[str, str]:
    """Return the environment for the supervisor; what the caller has set wins."""
    chosen = ports()
    defaults = {
        "HELPBOT_PUBLIC_URL": f"http://127.0.0.1:{chosen['HELPBOT_PORT']}",
        # Of the process that answers; the one that accepts has `off` (supervisord.conf).
        "HELPBOT_WORKER": "on",
        "HELPBOT_AT_ONCE": "64",
        "HELPBOT_ACCOUNTS_URL": f"http://127.0.0.1:{chosen['HELPBOT_ACCOUNTS_PORT']}",
        "HELPBOT_RASA_URLS": f"http://127.0.0.1:{chosen['HELPBOT_RASA_PORT']}",
        "HELPBOT_ACTIONS_URL": f"http://127.0.0.1:{chosen['HELPBOT_ACTIONS_PORT']}/webhook",
        "HELPBOT_TRACKER_URL": f"sqlite:///{VAR / 'tracker.db'}",
        "HELPBOT_DATABASE_URL": f"sqlite:///{VAR / 'gateway.db'}",
        "HELPBOT_ACCOUNTS_DATABASE_URL": f"sqlite+aiosqlite:///{VAR / 'accounts.db'}",
    }
    fixed = {
        # The mark by which `make down` knows its own, orphans included.
        "HELPBOT_SUPERVISED": str(VAR),
        "HELPBOT_VAR": str(VAR),
        "HELPBOT_ERASURE_LEDGER": str(VAR / "erasures.ledger"),
        "HELPBOT_MODEL": str(model),
        "HELPBOT_WIDGET_FILES": str(WIDGET),
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore",
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "MALLOC_ARENA_MAX": "2",
        # A message's matrices are small. With a thread more, OpenBLAS spins on every core while
        # it waits: 32 of 75 ms of processor a message (docs/performance.md).
        "OPENBLAS_NUM_THREADS": "1",
    }
    numbers = {name: str(port) for name, port in chosen.items()}
    return {**defaults, **secrets_file.ensure(), **os.environ, **numbers, **fixed}
