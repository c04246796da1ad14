"""Conversations, inbox, replies, choices, outbox, verifications."""

import sqlalchemy as sa
from alembic import op

revision = "gateway_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Lay the first tables."""
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("token_digest", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
    )
    op.create_table(
        "inbox",
        sa.Column("sequence", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("event_id", sa.String(200), nullable=False),
        sa.Column("text", sa.Text()),
        sa.Column("payload", sa.JSON()),
        sa.Column("masked", sa.JSON(), nullable=False),
        sa.Column("receipt", sa.String(16), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("crashes", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True)),
        sa.Column("not_before", sa.DateTime(timezone=True)),
        sa.Column("outcome", sa.String(16)),
        sa.Column("intent", sa.String(64)),
        sa.Column("confidence", sa.Double()),
        sa.Column("model_id", sa.String(64)),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_inbox_conversation_id"
        ),
        sa.PrimaryKeyConstraint("sequence", name="pk_inbox"),
        sa.UniqueConstraint("channel", "event_id", name="uq_inbox_channel_event_id"),
        sa.UniqueConstraint("id", name="uq_inbox_id"),
        sa.UniqueConstraint("receipt", name="uq_inbox_receipt"),
    )
    op.create_index("ix_inbox_conversation_id_sequence", "inbox", ["conversation_id", "sequence"])
    op.create_index("ix_inbox_status_lease_until", "inbox", ["status", "lease_until"])
    op.create_table(
        "replies",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("in_reply_to", sa.String(64)),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.String(64), nullable=False),
        sa.Column("answer_version", sa.String(16), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_replies_conversation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_replies"),
    )
    op.create_index(
        "ix_replies_conversation_id_created_at", "replies", ["conversation_id", "created_at"]
    )
    op.create_index("ix_replies_in_reply_to", "replies", ["in_reply_to"])
    op.create_table(
        "verifications",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("token_digest", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("purpose", sa.String(16), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_verifications_conversation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_verifications"),
        sa.UniqueConstraint("token_digest", name="uq_verifications_token_digest"),
    )
    op.create_index("ix_verifications_conversation_id", "verifications", ["conversation_id"])
    op.create_table(
        "choices",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("reply_id", sa.String(64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(64), nullable=False),
        sa.Column("topic", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_choices_conversation_id"
        ),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name="fk_choices_reply_id"),
        sa.PrimaryKeyConstraint("id", name="pk_choices"),
    )
    op.create_index("ix_choices_conversation_id", "choices", ["conversation_id"])
    op.create_index("ix_choices_reply_id", "choices", ["reply_id"])
    op.create_table(
        "outbox",
        sa.Column("message_id", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True)),
        sa.Column("delivered_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["message_id"], ["inbox.id"], name="fk_outbox_message_id"),
        sa.PrimaryKeyConstraint("message_id", name="pk_outbox"),
    )
    op.create_index("ix_outbox_delivered_at_not_before", "outbox", ["delivered_at", "not_before"])


def downgrade() -> None:
    """Take them away again."""
    op.drop_index("ix_outbox_delivered_at_not_before", table_name="outbox")
    op.drop_table("outbox")
    op.drop_index("ix_choices_reply_id", table_name="choices")
    op.drop_index("ix_choices_conversation_id", table_name="choices")
    op.drop_table("choices")
    op.drop_index("ix_verifications_conversation_id", table_name="verifications")
    op.drop_table("verifications")
    op.drop_index("ix_replies_in_reply_to", table_name="replies")
    op.drop_index("ix_replies_conversation_id_created_at", table_name="replies")
    op.drop_table("replies")
    op.drop_index("ix_inbox_status_lease_until", table_name="inbox")
    op.drop_index("ix_inbox_conversation_id_sequence", table_name="inbox")
    op.drop_table("inbox")
    op.drop_table("conversations")
