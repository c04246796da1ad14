"""Start everything, say where it is, stay until stopped.

Ctrl-C, `make down` and a closing terminal all stop the five processes. Without a terminal it
does the same, with its output wherever that goes.
"""

import argparse
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

import httpx

from tools import build_widget, environment, preflight, processes, train
from tools.failure import give_up
from tools.paths import API_PYTHON, LOGS, ROOT

_PATIENCE_SECONDS = 180
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class _Stopped(Exception):
    """Somebody asked us to stop."""


def _stop(_number: int, _frame: FrameType | None) -> None:
    """Raise once: make and the terminal may each send the same signal, in any rhythm."""
    for number in _STOP_SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    raise _Stopped


def main() -> int:
    """Run until stopped; 0 after a wanted stop, 1 after a failure."""
    # It takes nothing: whoever asks what it takes is told, and starts nothing.
    argparse.ArgumentParser(description=__doc__).parse_args()
    for number in _STOP_SIGNALS:
        signal.signal(number, _stop)
    try:
        return _run()
    except _Stopped:
        processes.stop_all()
        print("Stopped.", flush=True)
        return 0


def _run() -> int:
    if processes.supervisor():
        give_up("It is running already: open the page, or run make down first.")
    preflight.check()
    build_widget.main()
    variables = environment.build(_model())
    for module in ("api.migrate", "api.accounts.migrate"):
        _migrate(module, variables)
    _let_the_first_admin_in(variables)
    supervisor = _start(variables)
    address = _wait_until_ready(supervisor, variables)
    print(f"Ready: {address}/  (Ctrl-C or `make down` stops it)", flush=True)
    supervisor.wait()
    # A stop from outside (`make down`) is no failure; anything else is.
    processes.stop_all()
    print("Stopped.", flush=True)
    return 0 if supervisor.returncode == 0 else 1


def _model() -> Path:
    path = train.model_path()
    if not path.exists():
        print("Training the model; this takes about a minute.", flush=True)
    try:
        return train.ensure_model()
    except (subprocess.CalledProcessError, OSError):
        give_up(f"Training failed: read {LOGS / 'train.log'}, correct it, run make up again.")


def _migrate(module: str, variables: dict[str, str]) -> None:
    command = [str(API_PYTHON), "-m", module]
    done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True)
    if done.returncode:
        (LOGS / "migrate.log").write_text(done.stderr, encoding="utf-8")
        give_up(f"The database could not be prepared: read {LOGS / 'migrate.log'}.")


def _let_the_first_admin_in(variables: dict[str, str]) -> None:
    """Make the first account of the staff console where there is none; say it this once."""
    command = [str(API_PYTHON), "-m", "api.review.staff.commands", "first"]
    done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True)
    if done.stdout:
        name, password = done.stdout.split()
        print(f"Staff console: /staff, name {name}, first password {password}", flush=True)


def _start(variables: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [
        str(API_PYTHON),
        "-m",
        "supervisor.supervisord",
        "-c",
        str(ROOT / "supervisord.conf"),
    ]
    # A session of its own: Ctrl-C and a hang-up reach only us, and we stop it in order.
    return subprocess.Popen(
        command, cwd=ROOT, env=variables, stdin=subprocess.DEVNULL, start_new_session=True
    )


def _wait_until_ready(supervisor: subprocess.Popen[bytes], variables: dict[str, str]) -> str:
    address = f"http://127.0.0.1:{variables['HELPBOT_PORT']}"
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline and supervisor.poll() is None:
        try:
            if httpx.get(f"{address}/readyz", timeout=2).status_code == 200:
                return address
        except httpx.HTTPError:
            pass
        time.sleep(0.3)
    processes.stop_all()
    give_up(f"The bot did not get ready: the last lines of the files in {LOGS} say why.")


if __name__ == "__main__":
    sys.exit(main())
