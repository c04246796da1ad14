"""Choices lead to answers; feedback; erasures."""

import sqlalchemy as sa
from alembic import op

revision = "gateway_0002"
down_revision = "gateway_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what the whole conversation needs."""
    with op.batch_alter_table("choices") as choices:
        choices.add_column(sa.Column("answer_id", sa.String(64)))
    op.execute("UPDATE choices SET answer_id = topic")
    with op.batch_alter_table("choices") as choices:
        choices.alter_column("answer_id", existing_type=sa.String(64), nullable=False)
    op.create_table(
        "feedback",
        sa.Column("reply_id", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("answer_id", sa.String(64), nullable=False),
        sa.Column("answer_version", sa.String(16), nullable=False),
        sa.Column("solved", sa.Boolean(), nullable=False),
        sa.Column("comment", sa.Text()),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name="fk_feedback_reply_id"),
        sa.PrimaryKeyConstraint("reply_id", name="pk_feedback"),
    )
    op.create_index("ix_feedback_conversation_id", "feedback", ["conversation_id"])
    op.create_table(
        "erasures",
        sa.Column("receipt", sa.String(16), nullable=False),
        sa.Column("conversation_id", sa.String(64)),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("receipt", name="pk_erasures"),
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("erasures")
    op.drop_index("ix_feedback_conversation_id", "feedback")
    op.drop_table("feedback")
    with op.batch_alter_table("choices") as choices:
        choices.drop_column("answer_id")
