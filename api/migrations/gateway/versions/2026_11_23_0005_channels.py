"""Other platforms: who wrote, when it was sent, where the answer goes, and who delivers it.

No batch mode: it would drop tables that others refer to. SQLite adds and drops columns itself.
"""

import sqlalchemy as sa
from alembic import op

revision = "gateway_0005"
down_revision = "gateway_0004_verifications"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
# A column that may not be empty needs something to begin with; it is overwritten at once.
_LONG_AGO = "1970-01-01 00:00:00+00:00"
_NO = sa.false()


def upgrade() -> None:
    """Add the columns; what came in before was sent when it was received."""
    op.add_column("conversations", sa.Column("person_key", sa.String(64)))
    op.add_column("conversations", sa.Column("address", sa.Text()))
    op.create_index("ix_conversations_person_key", "conversations", ["person_key"], unique=True)
    op.add_column("inbox", sa.Column("sent_at", _MOMENT, nullable=False, server_default=_LONG_AGO))
    op.execute("update inbox set sent_at = received_at")
    op.add_column("inbox", sa.Column("external_id", sa.String(200)))
    op.add_column("inbox", sa.Column("return_address", sa.Text()))
    op.add_column("inbox", sa.Column("reason", sa.String(32)))
    op.create_index(
        "ix_inbox_channel_external_id", "inbox", ["channel", "external_id"], unique=True
    )
    op.add_column("outbox", sa.Column("claims", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("outbox", sa.Column("lease_until", _MOMENT))
    op.add_column("outbox", sa.Column("begun", sa.Boolean(), nullable=False, server_default=_NO))
    op.add_column("outbox", sa.Column("failed_at", _MOMENT))
    op.add_column("outbox", sa.Column("way", sa.String(16)))
    op.add_column("outbox", sa.Column("doubtful", sa.Boolean(), nullable=False, server_default=_NO))
    op.create_index("ix_outbox_conversation_id", "outbox", ["conversation_id"])


def downgrade() -> None:
    """Take the columns away; what waits for another platform is lost."""
    op.drop_index("ix_outbox_conversation_id", "outbox")
    for name in ("claims", "lease_until", "begun", "failed_at", "way", "doubtful"):
        op.drop_column("outbox", name)
    op.drop_index("ix_inbox_channel_external_id", "inbox")
    for name in ("sent_at", "external_id", "return_address", "reason"):
        op.drop_column("inbox", name)
    op.drop_index("ix_conversations_person_key", "conversations")
    for name in ("person_key", "address"):
        op.drop_column("conversations", name)
