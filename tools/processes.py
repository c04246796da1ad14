"""Find and stop what `make up` started."""

import contextlib
from collections.abc import Iterator

import psutil

from tools.paths import VAR

PIDFILE = VAR / "supervisord.pid"
_PATIENCE_SECONDS = 20


def supervisor() -> psutil.Process | None:
    """Return the supervisor of this tree, if it runs."""
    with contextlib.suppress(OSError, ValueError, psutil.Error):
        process = psutil.Process(int(PIDFILE.read_text()))
        if "supervisord" in " ".join(process.cmdline()):
            return process
    return None


def _children() -> Iterator[psutil.Process]:
    """Yield processes that were started for this tree's var folder, orphans too."""
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.environ().get("HELPBOT_SUPERVISED") == str(VAR):
                yield process


def stop_all() -> int:
    """Stop the supervisor and then whatever it left behind; return how many there were."""
    running = supervisor()
    stopped = [running] if running else []
    if running:
        running.terminate()
        psutil.wait_procs([running], timeout=_PATIENCE_SECONDS)
    orphans = list(_children())
    for process in orphans:
        with contextlib.suppress(psutil.Error):
            process.terminate()
    _, alive = psutil.wait_procs(orphans, timeout=5)
    for process in alive:
        with contextlib.suppress(psutil.Error):
            process.kill()
    PIDFILE.unlink(missing_ok=True)
    return len(stopped) + len(orphans)
