"""New rows without the bookkeeping of a unit of work.

Adding an object to a session and flushing it costs several times what its INSERT does
(docs/performance.md). What a message writes is new, known whole and changed by statements later.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, cast

from sqlalchemy import Insert, Table, insert
from sqlalchemy import inspect as inspected
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapper


async def put(session: AsyncSession, *rows: DeclarativeBase) -> None:
    """Write `rows` of one kind, in order; what was left out is set on them to its default.

    They belong to no session afterwards. Raises what the database raises, at once.
    """
    if not rows:
        return
    statement, names = _known(type(rows[0]))
    values = [_values(row, names) for row in rows]
    await session.execute(statement, values if len(values) > 1 else values[0])


@cache
def _known(kind: type[DeclarativeBase]) -> tuple[Insert, Sequence[tuple[str, str, Any]]]:
    """Return the INSERT of a kind, and of each column attribute, name and default."""
    mapper: Mapper[Any] = inspected(kind)
    table = cast("Table", kind.__table__)
    names = [
        (mapper.get_property_by_column(column).key, column.key, _default(column.default))
        for column in table.columns
    ]
    return insert(table), names


def _default(default: Any) -> Any:
    return default.arg if default is not None and default.is_scalar else None


def _values(row: DeclarativeBase, names: Sequence[tuple[str, str, Any]]) -> dict[str, Any]:
    values = {}
    for attribute, column, default in names:
        if attribute not in row.__dict__:
            setattr(row, attribute, default)
        values[column] = row.__dict__[attribute]
    return values
