"""One engine a process, one session a use case, and the only place that commits."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from psycopg.types.string import StrDumperUnknown
from sqlalchemy import Connection, DateTime, Dialect, MetaData, TypeDecorator, event
from sqlalchemy.exc import TimeoutError as NoTurn
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

from api.kit.direct import LONGEST_WAIT_SECONDS, connect, connect_patiently
from api.kit.locks import Busy, alone, alone_with
from api.kit.precedence import Precedence

__all__ = ["Busy", "Database", "UtcDateTime", "new_metadata", "with_async_driver"]

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
_ASYNC_DRIVERS = {
    "sqlite://": "sqlite+aiosqlite://",
    "postgresql://": "postgresql+psycopg://",
    "postgres://": "postgresql+psycopg://",
}


def with_async_driver(url: str) -> str:
    """Accept the plain form of an address, which is what people write."""
    for plain, driven in _ASYNC_DRIVERS.items():
        if url.startswith(plain):
            return driven + url.removeprefix(plain)
    return url


def new_metadata() -> MetaData:
    """Return metadata whose constraints have names, so that migrations can drop them."""
    return MetaData(naming_convention=_NAMES)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC. SQLite keeps no time zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a time zone; hand the rest over in UTC."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment without a time zone reached the database")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC, with its time zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


_WRITES = "helpbot_writes"
# One moment for all that a reader asks, as on SQLite; a replica takes nothing else.
_READING = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own BEGIN comes late: not before the first write, and never before a
    # CREATE TABLE. Off with it; _begin_sqlite says BEGIN.
    connection.isolation_level = None
    cursor = connection.cursor()
    # FULL: a committed inbox row survives a power cut, not only a killed process.
    # secure_delete: what a person takes back is overwritten, not only unlinked.
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "secure_delete=ON",
        f"busy_timeout={LONGEST_WAIT_SECONDS * 1000:.0f}",
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once where something will be written.

    A transaction that reads first and writes later would otherwise overwrite what another one
    has written in between.
    """
    writes = connection.get_execution_options().get(_WRITES)
    # Said to the driver: SQLAlchemy would prepare a statement for each of these words.
    cursor = connection.connection.cursor()
    cursor.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
    cursor.close()


class _WithoutNul(StrDumperUnknown):
    """PostgreSQL keeps no NUL. Whoever asks for an id with one in it asks for nothing we have."""

    def dump(self, obj: str) -> Any:
        """Return what is sent."""
        return super().dump(obj.replace("\x00", "\ufffd"))


def _prepare_postgres(connection: Any, _record: Any) -> None:
    connection.driver_connection.adapters.register_dumper(str, _WithoutNul)


class Database:
    """An async engine and the transactions on it."""

    def __init__(self, url: str, *, direct: bool = False, patient: bool = False) -> None:
        """`direct`: statements are short; those on a SQLite file are made without a thread.

        `patient`: nobody waits for what is written here, so others are let in first.
        """
        driven = with_async_driver(url)
        is_file = driven.startswith("sqlite")
        opener = connect_patiently if patient else connect
        ways = {"async_creator_fn": opener} if direct and is_file else {}
        # A file cannot hang up as a server can; trying it costs a fifth of a short session.
        # A refused statement is told of without its values: they may be what somebody wrote.
        self.engine: AsyncEngine = create_async_engine(
            driven, pool_pre_ping=not is_file, hide_parameters=True, connect_args=ways
        )
        # Several writers at once; SQLite lets in one.
        self.shared = self.engine.dialect.name == "postgresql"
        readers = self.engine
        if self.shared:
            event.listen(self.engine.sync_engine, "connect", _prepare_postgres)
            readers = self.engine.execution_options(**_READING)
        else:
            event.listen(self.engine.sync_engine, "connect", _prepare_sqlite)
            event.listen(self.engine.sync_engine, "begin", _begin_sqlite)
        self._queue, self._patient = asyncio.Lock(), patient
        file = self.engine.url.database if is_file else None
        self._precedence = Precedence(Path(file) if file else None)
        self._readers = async_sessionmaker(readers, expire_on_commit=False)
        writing = self.engine.execution_options(**{_WRITES: True})
        self._writers = async_sessionmaker(writing, expire_on_commit=False)

    @property
    def address(self) -> str:
        """Return the address as the database's own programs and drivers read it."""
        plain = self.engine.url.set(drivername=self.engine.url.get_backend_name())
        return plain.render_as_string(hide_password=False)

    @asynccontextmanager
    async def transaction(
        self, of: str | None = None, *, wait: bool = True
    ) -> AsyncIterator[AsyncSession]:
        """Yield a session; commit when the block ends, roll back when it raises.

        Nobody else writes meanwhile, so what was read still holds when something is written. `of`
        names the one thing (a conversation's id, as a rule) that this is about: then only others
        of the same name wait. Without `wait`, Busy is raised where there is one already.
        """
        async with self._turn(), self._writers() as session, session.begin():
            if self.shared:
                await (alone_with(session, of, wait=wait) if of else alone(session))
            yield session

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """Let the writers of this process in one after the other, where SQLite is behind.

        Its own lock is not fair: dozens of waiting connections kept the worker out until it gave
        up, and the more messages waited, the fewer were answered.
        """
        if self.shared:
            yield
            return
        with nullcontext() if self._patient else self._precedence.taken():
            try:
                await asyncio.wait_for(self._queue.acquire(), LONGEST_WAIT_SECONDS)
            except TimeoutError:
                raise NoTurn("no turn to write came") from None
            try:
                if self._patient:
                    await self._precedence.given()
                yield
            finally:
                self._queue.release()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """Yield a session that only reads; it never waits for a writer."""
        async with self._readers() as session:
            yield session

    async def forget_deleted(self) -> None:
        """See to it that deleted rows are in no file any more.

        SQLite overwrites deleted content (secure_delete), but old pages stay in the write-ahead
        log until that is taken over and cut.
        """
        if self.engine.dialect.name == "sqlite":
            async with self.engine.connect() as connection:
                await connection.exec_driver_sql("COMMIT")
                await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                await connection.exec_driver_sql("BEGIN")

    async def close(self) -> None:
        """Give the connections back."""
        await self.engine.dispose()
        self._precedence.close()
