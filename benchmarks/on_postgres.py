"""What a message takes on PostgreSQL, beside SQLite.

`.venv-api/bin/python -m benchmarks.on_postgres`: all of `make up` runs twice, once with its three
databases on a PostgreSQL of its own that waits for the disk; one works at a time. Prints the
figures of the phases `short` and `acks` as JSON.
"""

import asyncio
import json

from benchmarks.speed.phases import Sizes, acks, short
from benchmarks.speed.systems import Ours, System, all_running
from benchmarks.stack import Whole
from tests.support.postgres import Cluster, cluster

# The test server is usually one that forgets at once.
SAFE = ("fsync=on", "full_page_writes=on", "synchronous_commit=on")
_VARIABLES = {
    "gateway": "HELPBOT_DATABASE_URL",
    "accounts": "HELPBOT_ACCOUNTS_DATABASE_URL",
    "tracker": "HELPBOT_TRACKER_URL",
}


class _WholeOnPostgres(Whole):
    """The bot with its databases on a server."""

    def __init__(self, name: str, server: Cluster) -> None:
        super().__init__(name)
        self._urls = {variable: server.create(name) for name, variable in _VARIABLES.items()}

    def _environment(self) -> dict[str, str]:
        return {**super()._environment(), **self._urls}


class OursOnPostgres(Ours):
    """See Ours; the server's processes count with it."""

    name = "postgres"

    def __init__(self, server: Cluster) -> None:
        super().__init__(_WholeOnPostgres(self.name, server))
        self._server = server

    def pids(self) -> list[int]:
        """See System.pids."""
        postmaster = (self._server.folder / "data" / "postmaster.pid").read_text("utf-8")
        return [*super().pids(), int(postmaster.splitlines()[0])]


async def measured(systems: list[System]) -> dict[str, object]:
    """Return the figures of both phases."""
    sizes = Sizes()
    return {"short": await short(systems, sizes), "acks": await acks(systems, sizes)}


def main() -> None:
    """Measure and print."""
    with cluster(*SAFE) as server:
        sqlite = Ours()
        sqlite.name = "sqlite"
        systems: list[System] = [sqlite, OursOnPostgres(server)]
        with all_running(systems):
            print(json.dumps(asyncio.run(measured(systems)), indent=2))


if __name__ == "__main__":
    main()
