"""What has to be right before anything is started."""

import os
import shutil
import socket

from tools import environment
from tools.failure import give_up
from tools.paths import VAR

_ROOM_BYTES = 500 * 1024 * 1024


def check() -> None:
    """Give up with one sentence when a port is taken or the disk is full."""
    check_disk()
    for name, port in environment.ports().items():
        check_port(name, port)


def check_disk(room: int = _ROOM_BYTES) -> None:
    """Give up when var/ cannot be written or has less than `room` bytes left."""
    try:
        (VAR / "log").mkdir(parents=True, exist_ok=True)
        probe = VAR / ".probe"
        probe.write_bytes(os.urandom(4096))
        probe.unlink()
        free = shutil.disk_usage(VAR).free
    except OSError as error:
        give_up(f"{VAR} cannot be written ({error.strerror}): free some space or fix its rights.")
    if free < room:
        give_up(
            f"Only {free >> 20} MB are free on this disk: "
            f"free at least {room >> 20} MB, then run make up again."
        )


def check_port(name: str, port: int) -> None:
    """Give up when somebody else listens on `port`."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("0.0.0.0" if name == "HELPBOT_PORT" else "127.0.0.1", port))
        except OSError:
            give_up(
                f"Port {port} is in use: run make down if that is an earlier start of this bot, "
                f"or choose another one with {name}={port + 1} make up."
            )
