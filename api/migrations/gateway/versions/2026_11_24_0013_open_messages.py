"""Find the open messages of a conversation without reading the finished ones.

With 800 messages waiting, looking for the next one took 30 to 70 ms, twice a message.
"""

import sqlalchemy as sa
from alembic import op

revision = "gateway_0013"
down_revision = "gateway_0012"
branch_labels = None
depends_on = None

_INBOX, _OUTBOX = (
    "ix_inbox_conversation_id_sent_at_sequence",
    "ix_outbox_conversation_id_created_at",
)
_NOT_DONE = sa.text("status != 'done'")
_UNDELIVERED = sa.text("delivered_at IS NULL AND failed_at IS NULL")


def upgrade() -> None:
    """Lay the indexes."""
    op.create_index(
        _INBOX, "inbox", ["conversation_id", "sent_at", "sequence"],
        sqlite_where=_NOT_DONE, postgresql_where=_NOT_DONE,
    )  # fmt: skip
    op.create_index(
        _OUTBOX, "outbox", ["conversation_id", "created_at"],
        sqlite_where=_UNDELIVERED, postgresql_where=_UNDELIVERED,
    )  # fmt: skip


def downgrade() -> None:
    """Take them away again."""
    op.drop_index(_OUTBOX, "outbox")
    op.drop_index(_INBOX, "inbox")
