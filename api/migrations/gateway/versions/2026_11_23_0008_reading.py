"""What staff read: turn details, digests of conversations, the index of messages."""

import sqlalchemy as sa
from alembic import op

revision = "gateway_0008"
down_revision = "gateway_0006"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Lay the tables of reading."""
    op.create_index("ix_inbox_answered_at", "inbox", ["answered_at"])
    op.create_table(
        "turn_details",
        sa.Column("message_id", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("ranking", sa.JSON(), nullable=False),
        sa.Column("segments", sa.JSON(), nullable=False),
        sa.Column("actions", sa.JSON(), nullable=False),
        sa.Column("waited_ms", sa.Integer(), nullable=False),
        sa.Column("engine_ms", sa.Integer(), nullable=False),
        sa.Column("written_ms", sa.Integer(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["inbox.id"], name="fk_turn_details_message_id"),
        sa.PrimaryKeyConstraint("message_id", name="pk_turn_details"),
    )
    op.create_index("ix_turn_details_conversation_id", "turn_details", ["conversation_id"])
    _digests()
    _search()


def downgrade() -> None:
    """Take them away again."""
    for table in ("search_messages", "digested_messages", "digest_topics", "digests"):
        op.drop_table(table)
    op.drop_table("turn_details")
    op.drop_index("ix_inbox_answered_at", "inbox")


def _digests() -> None:
    owner = ["conversation_id"], ["conversations.id"]
    op.create_table(
        "digests",
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("last_at", _MOMENT, nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("first_text", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Double()),
        sa.Column("fallbacks", sa.Integer(), nullable=False),
        sa.Column("good", sa.Integer(), nullable=False),
        sa.Column("bad", sa.Integer(), nullable=False),
        sa.Column("unresolved", sa.Boolean(), nullable=False),
        sa.Column("handed_over", sa.Boolean(), nullable=False),
        sa.Column("reviewed", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.String(64)),
        sa.ForeignKeyConstraint(*owner, name="fk_digests_conversation_id"),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_digests"),
    )
    op.create_index("ix_digests_last_at_conversation_id", "digests", ["last_at", "conversation_id"])
    op.create_table(
        "digest_topics",
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("topic", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(*owner, name="fk_digest_topics_conversation_id"),
        sa.PrimaryKeyConstraint("conversation_id", "topic", name="pk_digest_topics"),
    )
    op.create_index("ix_digest_topics_topic", "digest_topics", ["topic"])
    op.create_table(
        "digested_messages",
        sa.Column("message_id", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("typed", sa.Boolean(), nullable=False),
        sa.Column("teaches", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["inbox.id"], name="fk_digested_messages_message_id"
        ),
        sa.PrimaryKeyConstraint("message_id", name="pk_digested_messages"),
    )
    op.create_index(
        "ix_digested_messages_conversation_id", "digested_messages", ["conversation_id"]
    )
    op.create_index("ix_digested_messages_typed_teaches", "digested_messages", ["typed", "teaches"])


def _search() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE search_messages USING fts5("
            "said, message_id UNINDEXED, conversation_id UNINDEXED, "
            "tokenize = 'trigram case_sensitive 1')"
        )
        return
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    op.create_table(
        "search_messages",
        sa.Column("message_id", sa.String(64), primary_key=True),
        sa.Column("conversation_id", sa.String(64), nullable=False, index=True),
        sa.Column("said", sa.Text(), nullable=False),
    )
    op.execute("CREATE INDEX ix_search_said ON search_messages USING gin (said gin_trgm_ops)")
