"""Verdicts, claims, tags; candidates and models."""

import sqlalchemy as sa
from alembic import op

revision = "gateway_0009"
down_revision = "gateway_0008"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Lay the tables of reviewing and teaching."""
    _of_message(
        "verdicts",
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("topic", sa.String(64)),
        sa.Column("note", sa.Text()),
        sa.Column("at", _MOMENT, nullable=False),
        key=("message_id", "staff_id"),
    )
    _of_message("review_claims", sa.Column("until", _MOMENT, nullable=False), key=("message_id",))
    _of_message("review_skips", key=("message_id", "staff_id"))
    op.create_table(
        "conversation_tags",
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("tag", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_conversation_tags_conversation_id"
        ),
        sa.PrimaryKeyConstraint("conversation_id", "tag", name="pk_conversation_tags"),
    )
    op.create_index("ix_conversation_tags_tag", "conversation_tags", ["tag"])
    _teaching()


def downgrade() -> None:
    """Take them away again."""
    for table in (
        "models",
        "candidates",
        "conversation_tags",
        "review_skips",
        "review_claims",
        "verdicts",
    ):
        op.drop_table(table)


def _of_message(name: str, *columns: sa.Column[object], key: tuple[str, ...]) -> None:
    op.create_table(
        name,
        sa.Column("message_id", sa.String(64), nullable=False),
        sa.Column("staff_id", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["message_id"], ["inbox.id"], name=f"fk_{name}_message_id"),
        sa.PrimaryKeyConstraint(*key, name=f"pk_{name}"),
    )
    op.create_index(f"ix_{name}_conversation_id", name, ["conversation_id"])


def _teaching() -> None:
    op.create_table(
        "candidates",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("topic", sa.String(64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("folded", sa.Integer(), nullable=False),
        sa.Column("written_by", sa.String(64), nullable=False),
        sa.Column("written_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_candidates"),
    )
    op.create_index("ix_candidates_state", "candidates", ["state"])
    op.create_table(
        "models",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("file", sa.String(200)),
        sa.Column("model_id", sa.String(64)),
        sa.Column("data_hash", sa.String(64)),
        sa.Column("base", sa.String(200), nullable=False),
        sa.Column("taught", sa.Integer(), nullable=False),
        sa.Column("scores", sa.JSON()),
        sa.Column("started_by", sa.String(64)),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("finished_at", _MOMENT),
        sa.Column("adopted_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_models"),
    )
    op.create_index("ix_models_state", "models", ["state"])
