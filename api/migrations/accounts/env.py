"""Alembic runs this for the accounts database; `api.kit.migrations` hands the connection over."""

from alembic import context

from api.accounts.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    # SQLite cannot alter a table in place; batch mode copies it.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
