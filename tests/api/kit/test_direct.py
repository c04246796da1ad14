"""Statements on a SQLite file are made at once; what has to wait holds nobody up."""

import asyncio
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from api.kit.database import Database


@pytest.fixture
async def database(tmp_path: Path) -> Database:
    database = Database(f"sqlite:///{tmp_path}/direct.db", direct=True)
    async with database.transaction() as session:
        await session.execute(text("create table notes (text)"))
    return database


async def threads_of(database: Database, statement: str) -> set[str]:
    """Return the names of the threads on which `statement` calls back."""
    seen: set[str] = set()

    def note() -> int:
        seen.add(threading.current_thread().name)
        return 1

    async with database.reading() as session:
        raw = await (await session.connection()).get_raw_connection()
        await raw.driver_connection.create_function("note", 0, note)
        await session.execute(text(statement))
    return seen


async def test_a_statement_is_made_on_the_thread_of_the_loop(database: Database) -> None:
    assert await threads_of(database, "select note()") == {threading.current_thread().name}
    await database.close()


async def test_reading_takes_no_trip_to_another_thread(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with database.reading() as session:
        raw = await (await session.connection()).get_raw_connection()
        # What the thread is told by: without it, a trip raises.
        monkeypatch.setattr(raw.driver_connection, "_tx", None)
        rows = (await session.execute(text("select * from notes"))).all()
        await session.rollback()
        monkeypatch.undo()
    assert rows == []
    await database.close()


async def test_without_direct_it_is_made_elsewhere(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/threads.db")
    assert threading.current_thread().name not in await threads_of(database, "select note()")
    await database.close()


async def test_a_writer_who_waits_for_another_process_does_not_hold_up_the_loop(
    database: Database, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "direct.db", isolation_level=None)) as other:
        other.execute("begin immediate")

        async def write() -> None:
            async with database.transaction() as session:
                await session.execute(text("insert into notes values ('waited')"))

        writing = asyncio.ensure_future(write())
        longest = 0.0
        for _ in range(20):
            began = time.monotonic()
            await asyncio.sleep(0.01)
            longest = max(longest, time.monotonic() - began)
        assert not writing.done()
        other.execute("rollback")
        await writing
    await database.close()
    assert longest < 0.5


async def fail(database: Database) -> None:
    async with database.transaction() as session:
        await session.execute(text("insert into notes values ('lost')"))
        raise ZeroDivisionError


async def test_what_was_not_committed_is_gone(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        await fail(database)
    async with database.reading() as session:
        count = (await session.execute(text("select count(*) from notes"))).scalar()
    await database.close()
    assert count == 0


async def test_a_patient_process_lets_those_write_first_whom_somebody_waits_for(
    database: Database, tmp_path: Path
) -> None:
    patient = Database(f"sqlite:///{tmp_path}/direct.db", direct=True, patient=True)

    async def write() -> None:
        async with patient.transaction() as session:
            await session.execute(text("insert into notes values ('later')"))

    with database._precedence.taken():
        writing = asyncio.ensure_future(write())
        await asyncio.sleep(0.03)
        assert not writing.done()
    await asyncio.wait_for(writing, 0.5)
    await patient.close()
    await database.close()
