"""Find what was rated of late without reading all that was ever rated.

The digests ask for it each second.
"""

from alembic import op

revision = "gateway_0015"
down_revision = "gateway_0014"
branch_labels = None
depends_on = None

_INDEX = "ix_feedback_given_at"


def upgrade() -> None:
    """Lay the index."""
    op.create_index(_INDEX, "feedback", ["given_at"])


def downgrade() -> None:
    """Take it away again."""
    op.drop_index(_INDEX, "feedback")
