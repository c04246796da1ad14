"""Versions of answers, looks at official pages, notices."""

import sqlalchemy as sa
from alembic import op

revision = "gateway_0010"
down_revision = "gateway_0009"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Lay the tables of words."""
    op.create_table(
        "answer_versions",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("answer_id", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_until", sa.Date()),
        sa.Column("written_by", sa.String(64), nullable=False),
        sa.Column("written_at", _MOMENT, nullable=False),
        sa.Column("decided_by", sa.String(64)),
        sa.Column("decided_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_answer_versions"),
    )
    op.create_index("ix_answer_versions_answer_id", "answer_versions", ["answer_id"])
    op.create_index("ix_answer_versions_state", "answer_versions", ["state"])
    op.create_table(
        "live_checks",
        sa.Column("source", sa.String(64), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("staff_id", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("source", name="pk_live_checks"),
    )
    op.create_table(
        "notices",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("text", sa.String(80), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("starts_at", _MOMENT, nullable=False),
        sa.Column("ends_at", _MOMENT, nullable=False),
        sa.Column("written_by", sa.String(64), nullable=False),
        sa.Column("written_at", _MOMENT, nullable=False),
        sa.Column("withdrawn_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
    )


def downgrade() -> None:
    """Take them away again."""
    for table in ("notices", "live_checks", "answer_versions"):
        op.drop_table(table)
