"""`make restore`: put a backup back, the newest unless FROM names another, and forget again
whatever was erased since it was taken.
"""

import subprocess
import sys
from pathlib import Path

from tools import environment, processes, train
from tools.backup import BACKUPS, NAMES, copy
from tools.failure import give_up
from tools.paths import API_PYTHON, ROOT, VAR

# Begun anew: a half-finished question is lost, and nothing that the restored tables do not know.
TRACKER = "tracker.db"


def main() -> int:
    """Restore while nothing runs."""
    if processes.supervisor():
        give_up("The bot is running: make down first, then make restore.")
    kept = sorted(BACKUPS.iterdir()) if BACKUPS.exists() else []
    named = Path(sys.argv[1]) if sys.argv[1:] and sys.argv[1] else None
    chosen = named or (kept[-1] if kept else None)
    if chosen is None or not (chosen / "gateway.db").exists():
        give_up(f"There is no backup in {chosen or BACKUPS}: make backup writes one.")
    for name in (*NAMES, TRACKER):
        for ending in ("", "-wal", "-shm"):
            (VAR / f"{name}{ending}").unlink(missing_ok=True)
    for name in NAMES:
        if (chosen / name).exists():
            copy(chosen / name, VAR / name)
    variables = environment.build(train.model_path())
    ledger = str(VAR / "erasures.ledger")
    for module in (["api.migrate"], ["api.privacy.retention.commands", "replay", ledger]):
        subprocess.run([str(API_PYTHON), "-m", *module], cwd=ROOT, env=variables, check=True)
    print(f"Restored from {chosen}; start with make up.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
