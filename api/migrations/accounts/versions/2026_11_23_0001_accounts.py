"""Accounts, handles, maintenances."""

import sqlalchemy as sa
from alembic import op

revision = "accounts_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Lay the first tables."""
    op.create_table(
        "accounts",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("label", sa.String(100), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("stays_locked", sa.Boolean, nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
    )
    op.create_table(
        "handles",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("account_id", sa.String(64)),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_handles"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_handles_account_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_handles_expires_at", "handles", ["expires_at"])
    op.create_table(
        "maintenances",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_maintenances"),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("maintenances")
    op.drop_index("ix_handles_expires_at", "handles")
    op.drop_table("handles")
    op.drop_table("accounts")
