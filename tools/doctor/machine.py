"""Disk and clock."""

import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tools import preflight
from tools.doctor.finding import Finding, refusal, well, wrong
from tools.paths import VAR

# Files are written with the clock of their moment; more than this ahead, it has been set back.
_MOST_AHEAD = timedelta(minutes=2)


def disk() -> Iterator[Finding]:
    """Say whether var/ can be written and has room."""
    fault = refusal(preflight.check_disk)
    if fault:
        yield wrong("disk", fault)
    else:
        yield well("disk", f"{shutil.disk_usage(VAR).free >> 20} MB are free for {VAR}.")


def clock(now: datetime | None = None) -> Iterator[Finding]:
    """Say whether the clock can be true. Slack and LINE compare it as well, under `channels`."""
    now = now or datetime.now(UTC)
    newest = _newest()
    if newest and newest[1] - now > _MOST_AHEAD:
        yield wrong(
            "clock",
            f"it shows {now:%Y-%m-%d %H:%M} UTC, but {newest[0].name} was written at "
            f"{newest[1]:%Y-%m-%d %H:%M}: set it right (timedatectl set-ntp true).",
        )
    elif _synchronised() == "no":
        yield wrong(
            "clock", "nobody keeps it right: switch NTP on (timedatectl set-ntp true); Slack "
            "refuses us when it is five minutes off.",
        )  # fmt: skip
    else:
        yield well("clock", f"{now:%Y-%m-%d %H:%M:%S} UTC.")


def _newest() -> tuple[Path, datetime] | None:
    """Return the file of ours that was written last."""
    written = [
        (path, datetime.fromtimestamp(path.stat().st_mtime, UTC))
        for path in (*VAR.glob("*"), *(VAR / "log").glob("*"))
        if path.is_file()
    ]
    return max(written, key=lambda each: each[1], default=None)


def _synchronised() -> str:
    """Return systemd's word on NTP, `yes` or `no`; empty where there is no systemd."""
    command = ["timedatectl", "show", "--property=NTPSynchronized", "--value"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()
