"""Login challenges, resends, failures, audit; whose browser a handle was made for."""

import sqlalchemy as sa
from alembic import op

revision = "accounts_0002"
down_revision = "accounts_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Lay the tables of logins and of the audit."""
    with op.batch_alter_table("handles") as handles:
        handles.add_column(sa.Column("client", sa.String(64), nullable=False, server_default=""))
    op.create_table(
        "tries",
        sa.Column("account_id", sa.String(80), nullable=False),
        sa.Column("client", sa.String(64), nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("account_id", "client", name="pk_tries"),
    )
    op.create_table(
        "challenges",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("account_id", sa.String(64), nullable=False),
        sa.Column("code_digest", sa.String(64), nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_challenges"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_challenges_account_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_challenges_expires_at", "challenges", ["expires_at"])
    _create_resends_and_audit()


def _create_resends_and_audit() -> None:
    op.create_table(
        "resends",
        sa.Column("key_digest", sa.String(64), nullable=False),
        sa.Column("account_id", sa.String(64)),
        sa.Column("sent", sa.Boolean, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key_digest", name="pk_resends"),
    )
    op.create_index("ix_resends_account_id", "resends", ["account_id"])
    op.create_index("ix_resends_at", "resends", ["at"])
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("call", sa.String(80), nullable=False),
        sa.Column("status", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_at", "audit", ["at"])


def downgrade() -> None:
    """Take them away again."""
    for table in ("audit", "resends", "challenges", "tries"):
        op.drop_table(table)
    with op.batch_alter_table("handles") as handles:
        handles.drop_column("client")
