"""Migrated databases for tests: SQLite, or PostgreSQL where HELPBOT_TEST_DATABASE says so.

Migrating takes a second; a copy of what was migrated once a run takes next to nothing.
"""

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest

from tests.support.postgres import Cluster, cluster

ON_POSTGRES = os.environ.get("HELPBOT_TEST_DATABASE", "sqlite") == "postgres"
needs_files = pytest.mark.skipif(ON_POSTGRES, reason="it looks into SQLite's files")
Migrate = Callable[[str], None]
_TEMPLATE = "migrated"
# Then the gateway's tables are spread over parts, as an operator would do it.
PARTITIONS = Path(__file__).resolve().parents[2] / "docs" / "partitions.sql"
_IN_PARTS = os.environ.get("HELPBOT_TEST_PARTITIONS", "no") == "yes"


class Databases(Protocol):
    """Gives out databases."""

    def empty(self, folder: Path) -> str:
        """Return the address of a database without tables."""
        ...

    def copy(self, folder: Path) -> str:
        """Return the address of a migrated one."""
        ...


class SqliteFiles:
    """Copies of one file."""

    def __init__(self, name: str, folder: Path, migrate: Migrate) -> None:
        self._name, self._made = name, folder / name
        migrate(self._url(self._made))

    def _url(self, path: Path) -> str:
        return f"sqlite+aiosqlite:///{path}"

    def empty(self, folder: Path) -> str:
        return self._url(folder / self._name)

    def copy(self, folder: Path) -> str:
        shutil.copy(self._made, folder / self._name)
        return self.empty(folder)


class PostgresCopies:
    """Copies of one database; the one before is thrown away with the next."""

    def __init__(self, server: Cluster, name: str, migrate: Migrate) -> None:
        self._server, self._name, self._numbers = server, name, count()
        migrate(server.create(f"{name}-{_TEMPLATE}"))
        if _IN_PARTS and name == "gateway":
            server.sql(PARTITIONS.read_text("utf-8"), f"{name}-{_TEMPLATE}")

    def empty(self, folder: Path) -> str:
        return self._server.create(f"{self._name}-{next(self._numbers)}")

    def copy(self, folder: Path) -> str:
        name = f"{self._name}-{next(self._numbers)}"
        return self._server.create(name, f"{self._name}-{_TEMPLATE}")


@contextlib.contextmanager
def databases(name: str, folder: Path, migrate: Migrate) -> Iterator[Databases]:
    """Yield the kind that this run is about."""
    if not ON_POSTGRES:
        yield SqliteFiles(f"{name}.db", folder, migrate)
        return
    with cluster() as server:
        yield PostgresCopies(server, name, migrate)
