"""A choice carries what it means, not only the answer it leads to."""

import sqlalchemy as sa
from alembic import op

revision = "gateway_0003"
down_revision = "gateway_0002"
branch_labels = None
depends_on = None

_CHOICES = sa.table(
    "choices",
    sa.column("id", sa.String),
    sa.column("topic", sa.String),
    sa.column("answer_id", sa.String),
    sa.column("payload", sa.JSON),
)


def upgrade() -> None:
    """Put payloads in place of answer ids."""
    with op.batch_alter_table("choices") as choices:
        choices.add_column(sa.Column("payload", sa.JSON()))
    for row in op.get_bind().execute(sa.select(_CHOICES)).all():
        _set(row.id, payload=_payload(row.topic, row.answer_id))
    with op.batch_alter_table("choices") as choices:
        choices.alter_column("payload", existing_type=sa.JSON(), nullable=False)
        choices.drop_column("answer_id")


def downgrade() -> None:
    """Put answer ids in place of payloads; a button of a form leads to its topic then."""
    with op.batch_alter_table("choices") as choices:
        choices.add_column(sa.Column("answer_id", sa.String(64)))
    for row in op.get_bind().execute(sa.select(_CHOICES)).all():
        entities = (row.payload or {}).get("entities", {})
        _set(row.id, answer_id=entities.get("situation", row.topic))
    with op.batch_alter_table("choices") as choices:
        choices.alter_column("answer_id", existing_type=sa.String(64), nullable=False)
        choices.drop_column("payload")


def _payload(topic: str, answer_id: str) -> dict[str, object]:
    if topic == answer_id:
        return {"intent": topic}
    return {"intent": "situation", "entities": {"situation": answer_id}}


def _set(choice_id: str, **values: object) -> None:
    op.get_bind().execute(_CHOICES.update().where(_CHOICES.c.id == choice_id).values(**values))
