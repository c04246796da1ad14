"""What the tables of a running stack say."""

import contextlib
import sqlite3
from datetime import datetime
from pathlib import Path


class Tables:
    """Reads the gateway's database from outside."""

    def __init__(self, folder: Path) -> None:
        """`folder` holds the database and the logs of the fake platforms."""
        self.folder, self.database = folder, folder / "gateway.db"

    def rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """Return what a query finds in the gateway's database."""
        with contextlib.closing(sqlite3.connect(self.database, timeout=30)) as connection:
            return connection.execute(query, values).fetchall()

    def all_done(self, until: datetime = datetime.max) -> bool:
        """Say whether everything that came in `until` a moment was answered and delivered."""
        open_ones = (
            "select count(*) from inbox where status != 'done' and received_at <= ? union all "
            "select count(*) from outbox where delivered_at is null and failed_at is null "
            "and created_at <= ?"
        )
        moment = f"{until:%Y-%m-%d %H:%M:%S.%f}"
        return all(count == 0 for (count,) in self.rows(open_ones, moment, moment))
