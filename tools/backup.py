"""`make backup`: the databases as they are at one moment, into var/backups/.

Taken through SQLite's own backup, so that it is whole while the bot runs. Secrets and the
erasure ledger stay out: a backup that is stolen opens nothing, and a restore replays the ledger.
Rasa's tracker stays out as well: it is a cache, and what it knows of a conversation that began or
was erased while the files were copied, no ledger could find again.
"""

import shutil
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tools.paths import VAR

BACKUPS = VAR / "backups"
NAMES = ("gateway.db", "accounts.db")
# Older ones hold text that the purge has deleted.
_KEPT = timedelta(days=30)


def copy(source: Path, target: Path) -> None:
    """Copy a database that may be in use."""
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as saved:
        live.backup(saved)


def main() -> int:
    """Write one folder and drop those that are too old."""
    now = datetime.now(UTC)
    folder = BACKUPS / f"{now:%Y%m%d-%H%M%S}"
    folder.mkdir(parents=True)
    for name in NAMES:
        if (VAR / name).exists():
            copy(VAR / name, folder / name)
    for old in BACKUPS.iterdir():
        if old.name < f"{now - _KEPT:%Y%m%d-%H%M%S}":
            shutil.rmtree(old)
    print(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
