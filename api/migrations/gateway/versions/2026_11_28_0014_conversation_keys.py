"""The conversation leads every key of what belongs to one, and goes along in every reference.

A database spread over machines by conversations needs it so, and finds both ends on one machine.
On SQLite a batch copies its table and drops the old one, which nobody may refer to then: so the
references go first and come back last. PostgreSQL alters in place and builds the indexes anew.
"""

from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

revision = "gateway_0014"
down_revision = "gateway_0013"
branch_labels = None
depends_on = None

_OWNER = "conversation_id"
# (table, its key within the conversation, whom it refers to, by which column)
_REFERRING = (
    ("outbox", ("message_id",), "inbox", "message_id"),
    ("turn_details", ("message_id",), "inbox", "message_id"),
    ("digested_messages", ("message_id",), "inbox", "message_id"),
    ("verdicts", ("message_id", "staff_id"), "inbox", "message_id"),
    ("review_claims", ("message_id",), "inbox", "message_id"),
    ("review_skips", ("message_id", "staff_id"), "inbox", "message_id"),
    ("choices", ("id",), "replies", "reply_id"),
    ("feedback", ("reply_id",), "replies", "reply_id"),
)
# (table, its key within the conversation): nobody refers to them while the tables above do not.
_REFERRED = (
    ("inbox", ("id",)),
    ("replies", ("id",)),
    ("handovers", ("id",)),
    ("verifications", ("id",)),
)
# (table, columns of an index) that were, and that take their place.
_BEFORE = (
    *((table, (_OWNER,)) for table, *_ in _REFERRING),
    ("verifications", (_OWNER,)),
    ("inbox", (_OWNER, "sequence")),
    ("replies", ("in_reply_to",)),
    ("choices", ("reply_id",)),
)
_AFTER = (
    ("inbox", ("id",)),
    ("inbox", ("receipt",)),
    ("handovers", ("id",)),
    ("verifications", ("token_digest",)),
    ("replies", (_OWNER, "in_reply_to")),
    ("choices", (_OWNER, "reply_id")),
)
# (table, what is unique in it), in the same way.
_UNIQUE_BEFORE = (
    ("inbox", ("id",)),
    ("inbox", ("receipt",)),
    ("inbox", ("channel", "event_id")),
    ("verifications", ("token_digest",)),
)
_UNIQUE_AFTER = (
    ("inbox", (_OWNER, "event_id")),
    ("inbox", (_OWNER, "sequence")),
)
# In the order of arrival, and within a conversation as it was, whatever the clocks said. By way of
# negative numbers, because no conversation may hold one twice, not even between two rows.
_NUMBER_OVER_ALL = (
    "UPDATE inbox SET sequence = -numbered.place FROM ("
    "SELECT id, row_number() OVER (ORDER BY arrived, conversation_id, sequence) AS place FROM ("
    "SELECT id, conversation_id, sequence, max(received_at) OVER ("
    "PARTITION BY conversation_id ORDER BY sequence) AS arrived FROM inbox) AS ordered"
    ") AS numbered WHERE numbered.id = inbox.id",
    "UPDATE inbox SET sequence = -sequence",
)
_COUNTED = (
    "CREATE SEQUENCE inbox_sequence_seq AS integer OWNED BY inbox.sequence",
    "SELECT setval('inbox_sequence_seq', coalesce(max(sequence), 0) + 1, false) FROM inbox",
    "ALTER TABLE inbox ALTER sequence SET DEFAULT nextval('inbox_sequence_seq')",
)
_NOT_COUNTED = (
    "ALTER TABLE inbox ALTER sequence DROP DEFAULT",
    "DROP SEQUENCE inbox_sequence_seq",
)


def upgrade() -> None:
    """Widen the keys. No row changes."""
    _drop_indexes(_BEFORE)
    op.drop_index("ix_inbox_channel_external_id", "inbox")
    for table, key, _, column in _REFERRING:
        _rekey(table, (_OWNER, *key), unrefer=(column,))
    for table, key in _REFERRED:
        _rekey(
            table, (_OWNER, *key), _columns(_UNIQUE_BEFORE, table), _columns(_UNIQUE_AFTER, table)
        )
    for table, _, other, column in _REFERRING:
        _refer(table, other, (_OWNER, column), (_OWNER, "id"))
    _create_indexes(_AFTER)
    op.create_index(
        "ix_inbox_conversation_id_external_id", "inbox", [_OWNER, "external_id"], unique=True
    )
    _know_people()
    if _on_postgres():
        _run(_NOT_COUNTED)
        op.drop_index("ix_search_messages_conversation_id", "search_messages")
        _rekey("search_messages", (_OWNER, "message_id"))


def downgrade() -> None:
    """Narrow them. Messages are numbered anew, over all conversations.

    It stops, and leaves all as it was, where two conversations have the same event or 受付番号.
    """
    op.drop_table("people")
    op.create_index("ix_conversations_person_key", "conversations", ["person_key"], unique=True)
    _run(_NUMBER_OVER_ALL)
    _drop_indexes(_AFTER)
    op.drop_index("ix_inbox_conversation_id_external_id", "inbox")
    for table, key, _, column in _REFERRING:
        _rekey(table, key, unrefer=(_OWNER, column))
    for table, key in _REFERRED:
        own = ("sequence",) if table == "inbox" else key
        _rekey(table, own, _columns(_UNIQUE_AFTER, table), _columns(_UNIQUE_BEFORE, table))
    for table, _, other, column in _REFERRING:
        _refer(table, other, (column,), ("id",))
    _create_indexes(_BEFORE)
    op.create_index(
        "ix_inbox_channel_external_id", "inbox", ["channel", "external_id"], unique=True
    )
    if _on_postgres():
        _run(_COUNTED)
        _rekey("search_messages", ("message_id",))
        op.create_index("ix_search_messages_conversation_id", "search_messages", [_OWNER])


def _know_people() -> None:
    """Lead from people to conversations in a table of its own, which has another key."""
    op.create_table(
        "people",
        sa.Column("person_key", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("person_key", name="pk_people"),
    )
    op.execute(
        "INSERT INTO people (person_key, conversation_id) "
        "SELECT person_key, id FROM conversations WHERE person_key IS NOT NULL"
    )
    op.drop_index("ix_conversations_person_key", "conversations")


Columns = tuple[str, ...]


def _rekey(
    table: str,
    key: Columns,
    unique_before: Iterable[Columns] = (),
    unique_after: Iterable[Columns] = (),
    unrefer: Columns = (),
) -> None:
    """Give a table another key and other unique columns, and let go of whom it refers to."""
    with op.batch_alter_table(table) as batch:
        if unrefer:
            batch.drop_constraint(_name("fk", table, unrefer), type_="foreignkey")
        for columns in unique_before:
            batch.drop_constraint(_name("uq", table, columns), type_="unique")
        batch.drop_constraint(f"pk_{table}", type_="primary")
        batch.create_primary_key(f"pk_{table}", [*key])
        for columns in unique_after:
            batch.create_unique_constraint(_name("uq", table, columns), [*columns])


def _refer(table: str, other: str, columns: Columns, to: Columns) -> None:
    with op.batch_alter_table(table) as batch:
        batch.create_foreign_key(_name("fk", table, columns), other, [*columns], [*to])


def _columns(of: Iterable[tuple[str, Columns]], table: str) -> list[Columns]:
    return [columns for name, columns in of if name == table]


def _drop_indexes(indexes: Iterable[tuple[str, Columns]]) -> None:
    for table, columns in indexes:
        op.drop_index(_name("ix", table, columns), table)


def _create_indexes(indexes: Iterable[tuple[str, Columns]]) -> None:
    for table, columns in indexes:
        op.create_index(_name("ix", table, columns), table, [*columns])


def _name(kind: str, table: str, columns: Columns) -> str:
    return "_".join((kind, table, *columns))


def _run(statements: Iterable[str]) -> None:
    for statement in statements:
        op.execute(statement)


def _on_postgres() -> bool:
    return op.get_bind().dialect.name == "postgresql"
