"""Rings across the processes of one machine that share a SQLite file: a datagram socket each.

The sockets lie in a folder beside the file, which only its owner may enter. What is told is a
conversation's id, nothing of what was said. Linux only: addresses are short ways through /proc,
because a path to a socket has room for 108 bytes and a database may lie deeper than that.
https://man7.org/linux/man-pages/man7/unix.7.html
"""

import asyncio
import os
import socket
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import structlog

from api.chat.bell import Bell
from api.kit.ids import new_id

_AGAIN_SECONDS = 5.0
# After a neighbour had no room: Linux keeps ten unread datagrams a socket unless told otherwise.
_RETRY_SECONDS = 0.05
# One datagram each time. A neighbour that missed more, because it stood still, looks at everything.
_MOST_UNTOLD = 200
_ABOUT_EVERYTHING = ""
_MOST_BYTES = 64 * 1024

_log = structlog.get_logger()


class SocketExchange:
    """Tells the neighbours what is rung here, and rings here what they tell."""

    def __init__(self, database: Path, bell: Bell) -> None:
        """`database` is the file that the processes share."""
        self._folder, self._bell = database.with_name(f"bells-{database.name}"), bell
        self._own = new_id("x")
        self._room = -1
        self._socket: socket.socket | None = None
        # By neighbour, in order and each once: a set would keep no order.
        self._untold: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._sending: asyncio.Handle | None = None
        bell.tell_others = self._tell

    async def run(self) -> None:
        """Hear and tell until cancelled; without a socket others hear of it by looking."""
        while True:
            with suppress(OSError), self._open() as own:
                await self._hear(own)
            with suppress(OSError):
                _log.warning("exchange_broken")
            await asyncio.sleep(_AGAIN_SECONDS)

    @contextmanager
    def _open(self) -> Iterator[socket.socket]:
        self._folder.mkdir(mode=0o700, exist_ok=True)
        self._room = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as own:
                own.setblocking(False)
                own.bind(self._address(self._own))
                self._socket = own
                yield own
        finally:
            self._socket, self._bell.hears_others = None, False
            self._forget(self._own)
            os.close(self._room)

    async def _hear(self, own: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        loop.add_reader(own, self._heard, own)
        try:
            self._bell.hears_others = True
            # What was told while nobody listened is not known: everybody looks.
            self._bell.heard()
            # What this process was about to tell before it died is not known either.
            self._tell(_ABOUT_EVERYTHING)
            await asyncio.Future()
        finally:
            loop.remove_reader(own)

    def _heard(self, own: socket.socket) -> None:
        with suppress(BlockingIOError):
            # An empty datagram is about everything; there being none raises.
            while True:
                for about in own.recv(_MOST_BYTES).decode().split("\n"):
                    self._bell.heard(about)

    def _tell(self, about: str) -> None:
        if self._socket is None:
            return
        for name in self._neighbours():
            untold = self._untold[name]
            untold[about] = None
            if len(untold) > _MOST_UNTOLD:
                self._untold[name] = {_ABOUT_EVERYTHING: None}
        if self._sending is None and self._untold:
            self._sending = asyncio.get_running_loop().call_soon(self._send)

    def _neighbours(self) -> list[str]:
        try:
            return [name for name in os.listdir(self._room) if name != self._own]
        except OSError:
            return []

    def _send(self) -> None:
        """Send to each what it was not told; a neighbour without room holds up no other."""
        self._sending = None
        for name, untold in list(self._untold.items()):
            if self._reach(name, "\n".join(untold)):
                del self._untold[name]
        if self._untold:
            loop = asyncio.get_running_loop()
            self._sending = loop.call_later(_RETRY_SECONDS, self._send)

    def _reach(self, name: str, told: str) -> bool:
        """Return False where it has to be tried again."""
        try:
            if self._socket is not None:
                self._socket.sendto(told.encode(), self._address(name))
        except BlockingIOError:
            return False
        except ConnectionRefusedError:
            # Its process died without a chance to clear up; names are never used twice.
            self._forget(name)
        except OSError:
            # It left between the look and the word.
            return True
        return True

    def _address(self, name: str) -> str:
        return f"/proc/self/fd/{self._room}/{name}"

    def _forget(self, name: str) -> None:
        with suppress(OSError):
            os.unlink(name, dir_fd=self._room)
