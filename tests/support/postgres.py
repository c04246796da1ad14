"""A real PostgreSQL of one's own, thrown away afterwards (Debian: postgresql).

It listens on a free port of loopback, trusts everybody there and does not wait for the disk.
"""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests.support.servers import free_port

MISSING = "PostgreSQL was not found: install the Debian package postgresql, then run this again."
USER, FIRST = "helpbot", "postgres"
_FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=300")


def programs() -> Path:
    """Return the folder of the newest server's programs; raises RuntimeError without one."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    if found:
        return found[-1].parent
    if initdb := shutil.which("initdb"):
        return Path(initdb).resolve().parent
    raise RuntimeError(MISSING)


def _version(path: Path) -> float:
    return float(path.parts[-3])


def run(*command: object) -> str:
    """Run one of the programs, never as root: they refuse that; return what it printed."""
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        words = ["runuser", "-u", "postgres", "--", *words]
    done = subprocess.run(words, cwd="/", capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{words}: {done.stderr or done.stdout}")
    return done.stdout


def new_folder() -> Path:
    """Make a folder that the server may write to."""
    folder = Path(tempfile.mkdtemp(prefix="helpbot-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    return folder


@dataclass(frozen=True)
class Cluster:
    """A running server; `folder` holds its data and its log."""

    folder: Path
    port: int

    def url(self, database: str) -> str:
        """Return the address of a database, as people write it."""
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{database}"

    def sql(self, statement: str, database: str = FIRST) -> list[tuple[Any, ...]]:
        """Run a statement on its own; return what it finds."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def create(self, name: str, template: str = "template0") -> str:
        """Make a database, a copy of `template`; return its address."""
        self.sql(f'create database "{name}" template "{template}"')
        return self.url(name)

    def drop(self, name: str) -> None:
        """Throw a database away, whoever still holds on to it."""
        self.sql(f'drop database if exists "{name}" with (force)')

    def start(self, *settings: str) -> None:
        """Start the server; returns when it takes connections."""
        chosen = (f"port={self.port}", "listen_addresses=127.0.0.1", "unix_socket_directories=")
        options = " ".join(f"-c {each}" for each in (*chosen, *settings))
        control = ("-D", self.folder / "data", "-l", self.folder / "log", "-o", options)
        run(programs() / "pg_ctl", "start", "-w", *control)

    def stop(self) -> None:
        """End it at once."""
        run(programs() / "pg_ctl", "stop", "-D", self.folder / "data", "-m", "immediate")

    @contextlib.contextmanager
    def replica(self) -> Iterator["Cluster"]:
        """Run a streaming replica until the block ends."""
        folder = new_folder()
        try:
            place = ("-h", "127.0.0.1", "-p", self.port, "-U", USER, "-D", folder / "data")
            run(programs() / "pg_basebackup", "-R", "--no-sync", "-c", "fast", *place)
            server = Cluster(folder, free_port())
            server.start(*_FAST)
            try:
                yield server
            finally:
                server.stop()
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def cluster(*settings: str) -> Iterator[Cluster]:
    """Run a new server until the block ends."""
    folder = new_folder()
    try:
        # pg_trgm asks the locale what a letter is: it has to know Japanese ones.
        kind = ("-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        run(programs() / "initdb", "-D", folder / "data", "-U", USER, *kind)
        server = Cluster(folder, free_port())
        server.start(*_FAST, *settings)
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
