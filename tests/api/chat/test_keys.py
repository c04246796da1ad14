"""A conversation's rows lie together: its id leads the key of every table that grows, whatever is
unique holds it, and whoever refers to such a row names it. A database spread over machines by that
id (Citus) needs no more of its tables; test_statements.py reads what is asked of them.

Read are the metadata and the catalogue of the database that the migrations made.
"""

import re
from dataclasses import dataclass

import pytest
from sqlalchemy import Connection, Inspector, Table, UniqueConstraint, inspect, text

from api.chat.base import GatewayBase
from tests.api.chat.conftest import Core
from tests.support.databases import ON_POSTGRES

_HOUSE = "what the house writes of itself: a few rows a day, the same on every machine"
# Table -> why another key leads it.
ALLOWED = {
    **dict.fromkeys(
        ("staff", "staff_sessions", "staff_recovery_codes", "staff_login_failures", "staff_audit",
         "candidates", "models", "answer_versions", "live_checks", "notices"),
        _HOUSE,
    ),
    "kept_counts": "sums of purged days, bounded by days and topics; nothing leads back",
    "erasures": "a wish outlives its conversation, whose id it drops once the engine has forgotten",
    "people": "asked before any conversation is known, so spread by the person, who is its key",
    "alembic_version": "one row",
}  # fmt: skip
KEY, ROOT = "conversation_id", "conversations"
# A part has the keys of its table (docs/partitions.sql); PostgreSQL names them besides.
PART = re.compile(r"_\d+$")


@dataclass(frozen=True)
class Keys:
    """What of a table a database spread over machines would look at; columns in order."""

    name: str
    primary: list[str]
    unique: list[list[str]]
    # (columns, other table, its columns)
    references: list[tuple[list[str], str, list[str]]]


def owner(table: str) -> str:
    return "id" if table == ROOT else KEY


def faults(keys: Keys) -> list[str]:
    """Return what stands in the way of spreading a table by conversations."""
    mine, found = owner(keys.name), []
    if keys.primary[:1] != [mine]:
        found.append(f"{keys.name}: key {keys.primary} is not led by {mine}")
    found += [f"{keys.name}: {unique} lacks {mine}" for unique in keys.unique if mine not in unique]
    for columns, other, others in keys.references:
        if (mine, owner(other)) not in zip(columns, others, strict=True):
            found.append(f"{keys.name}: {columns} refers to {other} without the conversation")
    return found


def declared(table: Table) -> Keys:
    constraints = [each for each in table.constraints if isinstance(each, UniqueConstraint)]
    unique = [*constraints, *(each for each in table.indexes if each.unique)]
    return Keys(
        table.name,
        [column.name for column in table.primary_key.columns],
        [[column.name for column in each.columns] for each in unique],
        [
            (each.column_keys, each.referred_table.name, [key.column.name for key in each.elements])
            for each in table.foreign_key_constraints
        ],
    )


def made(inspector: Inspector, name: str) -> Keys:
    unique = [each["column_names"] for each in inspector.get_unique_constraints(name)]
    unique += [each["column_names"] for each in inspector.get_indexes(name) if each["unique"]]
    return Keys(
        name,
        inspector.get_pk_constraint(name)["constrained_columns"],
        [[str(column) for column in columns] for columns in unique],
        [
            (each["constrained_columns"], each["referred_table"], each["referred_columns"])
            for each in inspector.get_foreign_keys(name)
            if not PART.search(each["referred_table"])
        ],
    )


def growing() -> list[Table]:
    return [each for each in GatewayBase.metadata.tables.values() if each.name not in ALLOWED]


@pytest.mark.parametrize("table", growing(), ids=lambda table: table.name)
def test_the_conversation_is_in_every_key_that_is_declared(table: Table) -> None:
    assert faults(declared(table)) == []


async def test_the_conversation_is_in_every_key_of_the_database(core: Core) -> None:
    def look(connection: Connection) -> list[Keys]:
        inspector = inspect(connection)
        names = {*inspector.get_table_names()}
        assert names >= {*ALLOWED}
        names -= {*ALLOWED}
        names -= {each for each in names if PART.search(each)}
        # SQLite's index of words is one virtual table, and brings shadow tables along.
        names -= set() if ON_POSTGRES else {each for each in names if each.startswith("search_")}
        return [made(inspector, name) for name in sorted(names)]

    async with core.services.database.engine.connect() as connection:
        found = await connection.run_sync(look)
    assert {each.name for each in found} >= {each.name for each in growing()}
    assert [fault for each in found for fault in faults(each)] == []
    assert {each.name: each.primary for each in map(declared, growing())}.items() <= {
        each.name: each.primary for each in found
    }.items()


@pytest.mark.skipif(not ON_POSTGRES, reason="it reads PostgreSQL's catalogue")
async def test_no_growing_table_draws_numbers_from_a_counter_of_all(core: Core) -> None:
    query = "select table_name from information_schema.columns where column_default like 'nextval%'"
    async with core.services.database.reading() as session:
        counted = set((await session.scalars(text(query))).all())
    assert counted <= {*ALLOWED}


@pytest.mark.parametrize(
    "keys",
    [
        Keys("inbox", ["sequence"], [], []),
        Keys("inbox", ["id", KEY], [], []),
        Keys("inbox", [KEY, "id"], [["channel", "event_id"]], []),
        Keys("outbox", [KEY, "message_id"], [], [(["message_id"], "inbox", ["id"])]),
        Keys(ROOT, ["id"], [["person_key"]], []),
    ],
)
def test_a_key_without_the_conversation_is_found(keys: Keys) -> None:
    assert len(faults(keys)) == 1
