"""JSON log lines. Events carry ids and codes, never a person's words or values."""

import json
import sys
from datetime import datetime, timezone


def note(event: str, level: str = "info", **fields: str | None) -> None:
    """Write one line to stderr, in the form that the other processes write."""
    at = datetime.now(timezone.utc).isoformat()
    line = {**fields, "event": event, "level": level, "timestamp": at}
    sys.stderr.write(f"{json.dumps(line)}\n")
