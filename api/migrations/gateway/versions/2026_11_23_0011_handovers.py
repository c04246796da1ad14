"""Handovers to a person."""

import sqlalchemy as sa
from alembic import op

revision = "gateway_0011"
down_revision = "gateway_0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Lay the table."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "handovers",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("asked_at", moment, nullable=False),
        sa.Column("alerted", sa.Boolean(), nullable=False),
        sa.Column("thread", sa.String(64)),
        sa.Column("staff_id", sa.String(64)),
        sa.Column("accepted_at", moment),
        sa.Column("last_at", moment, nullable=False),
        sa.Column("ended_at", moment),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_handovers_conversation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_handovers"),
    )
    op.create_index("ix_handovers_conversation_id_state", "handovers", ["conversation_id", "state"])
    op.create_index("ix_handovers_state_asked_at", "handovers", ["state", "asked_at"])
    op.create_index("ix_handovers_thread", "handovers", ["thread"])


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("handovers")
