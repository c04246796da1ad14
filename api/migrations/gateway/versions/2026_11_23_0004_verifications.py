"""A verification can be prolonged, and belongs to a browser once it is used."""

import sqlalchemy as sa
from alembic import op

revision = "gateway_0004_verifications"
down_revision = "gateway_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the count of prolongations and the digest of the browser."""
    with op.batch_alter_table("verifications") as verifications:
        verifications.add_column(
            sa.Column("extensions", sa.Integer, nullable=False, server_default="0")
        )
        verifications.add_column(sa.Column("browser", sa.String(64)))
        verifications.create_index("ix_verifications_browser", ["browser"])


def downgrade() -> None:
    """Take them away again."""
    with op.batch_alter_table("verifications") as verifications:
        verifications.drop_index("ix_verifications_browser")
        verifications.drop_column("browser")
        verifications.drop_column("extensions")
