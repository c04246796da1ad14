"""Staff accounts and what they did."""

import sqlalchemy as sa
from alembic import op

revision = "gateway_0006"
down_revision = "gateway_0005"
branch_labels = None
depends_on = None

_SQLITE = (
    "CREATE TRIGGER staff_audit_stays BEFORE UPDATE ON staff_audit "
    "BEGIN SELECT RAISE(ABORT, 'audit rows stay as they are'); END",
    "CREATE TRIGGER staff_audit_kept BEFORE DELETE ON staff_audit "
    "WHEN old.at > datetime('now', '-365 days') "
    "BEGIN SELECT RAISE(ABORT, 'audit rows are kept for a year'); END",
)
_POSTGRESQL = (
    "CREATE FUNCTION staff_audit_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF TG_OP = 'DELETE' AND old.at <= now() - interval '365 days' THEN RETURN old; END IF; "
    "RAISE EXCEPTION 'audit rows stay as they are'; END $$",
    "CREATE TRIGGER staff_audit_stays BEFORE UPDATE OR DELETE ON staff_audit "
    "FOR EACH ROW EXECUTE FUNCTION staff_audit_guard()",
)


def upgrade() -> None:
    """Lay the tables of the staff."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "staff",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("shown", sa.String(64), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("password_hash", sa.String(255), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("totp_nonce", sa.String(64)),
        sa.Column("totp_on", sa.Boolean(), nullable=False),
        sa.Column("totp_step", sa.Integer(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("name", name="uq_staff_name"),
    )
    _of_staff(
        "staff_sessions",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("staff_id", sa.String(64), nullable=False),
        sa.Column("csrf", sa.String(64), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("seen_at", moment, nullable=False),
    )
    _of_staff(
        "staff_recovery_codes",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("staff_id", sa.String(64), nullable=False),
    )
    op.create_table(
        "staff_login_failures",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("failed_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff_login_failures"),
    )
    op.create_index(
        "ix_staff_login_failures_key_failed_at", "staff_login_failures", ["key", "failed_at"]
    )
    op.create_table(
        "staff_audit",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("staff_id", sa.String(64), nullable=False),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(64)),
        sa.Column("detail", sa.JSON()),
        sa.PrimaryKeyConstraint("id", name="pk_staff_audit"),
    )
    op.create_index("ix_staff_audit_staff_id_at", "staff_audit", ["staff_id", "at"])
    op.create_index("ix_staff_audit_at", "staff_audit", ["at"])
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    """Take them away again; the triggers go with their table."""
    for table in (
        "staff_audit",
        "staff_login_failures",
        "staff_recovery_codes",
        "staff_sessions",
        "staff",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION staff_audit_guard")


def _of_staff(name: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        name,
        *columns,
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=f"fk_{name}_staff_id"),
        sa.PrimaryKeyConstraint("digest", name=f"pk_{name}"),
    )
    op.create_index(f"ix_{name}_staff_id", name, ["staff_id"])
